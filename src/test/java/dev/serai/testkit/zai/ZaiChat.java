package dev.serai.testkit.zai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.emulator.Ending;
import dev.serai.testkit.emulator.Refused;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Turns and chats. */
public final class ZaiChat {

    /** A turn and how its stream ended. */
    public record Turn(ZaiAsked asked, Ending ending) {}

    private final ZaiGate gate;
    private final ZaiFiles files;
    private final Deque<ZaiAnswer> next = new ArrayDeque<>();
    private final Map<String, ZaiSession> chats = new LinkedHashMap<>();
    private final List<ZaiAsked> asked = new CopyOnWriteArrayList<>();
    private final List<Turn> ended = new CopyOnWriteArrayList<>();
    private Function<ZaiAsked, ZaiAnswer> otherwise =
            question -> ZaiAnswer.saying("Hello", "! 你好", ", how can I help?");
    private Set<String> models = Set.of(
            "0727-360B-API",
            "0727-106B-API",
            "glm-4.5v",
            "GLM-4-6-API-V1",
            "glm-4.6v",
            "glm-4.7",
            "glm-5",
            "GLM-5.1",
            "glm-5.2",
            "GLM-5-Turbo",
            "GLM-5v-Turbo");
    private Set<String> guestModels = models;
    private Set<String> chatModels = Set.of();
    private boolean usersOnly;
    private int streams = Integer.MAX_VALUE;
    private int made;

    ZaiChat(ZaiGate gate, ZaiFiles files) {
        this.gate = gate;
        this.files = files;
    }

    /** What the next turns get, each once. */
    public synchronized ZaiChat says(ZaiAnswer... answers) {
        next.addAll(List.of(answers));
        return this;
    }

    /** What turns get when nothing else is planned. */
    public synchronized ZaiChat answers(Function<ZaiAsked, ZaiAnswer> how) {
        otherwise = how;
        return this;
    }

    /** The only models there are. */
    public synchronized ZaiChat models(String... ids) {
        models = Set.of(ids);
        guestModels = models;
        return this;
    }

    /** The only models that guests may use; for others their level is too low. */
    public synchronized ZaiChat guestModels(String... ids) {
        guestModels = Set.of(ids);
        return this;
    }

    /** Models whose turns must belong to a chat that was made first. */
    public synchronized ZaiChat chatsNeeded(String... ids) {
        chatModels = Set.of(ids);
        return this;
    }

    /** Any role but {@code user} makes the server fail. */
    public synchronized ZaiChat usersOnly() {
        usersOnly = true;
        return this;
    }

    /** How many streams a session may have open. */
    public synchronized ZaiChat streamsPerSession(int limit) {
        streams = limit;
        return this;
    }

    /** All turns that were taken. */
    public List<ZaiAsked> asked() {
        return List.copyOf(asked);
    }

    /** All turns whose stream is over. */
    public List<Turn> ended() {
        return List.copyOf(ended);
    }

    /** Chats that were made and are still kept. */
    public synchronized List<String> undeleted() {
        return List.copyOf(chats.keySet());
    }

    void turn(JsonNode json, ZaiSession session, Wire wire) throws InterruptedException {
        var body = new ZaiBody(json, gate, files);
        check(json, session);
        if (!session.beginStream(body, limit())) {
            throw ZaiRefusal.TOO_MANY.refused();
        }
        try {
            if (failsOnRoles() && !body.hasOnlyUsers()) {
                throw ZaiRefusal.INTERNAL.refused();
            }
            stream(body, body.asked(session), wire);
        } finally {
            session.endStream(body);
        }
    }

    private void stream(ZaiBody body, ZaiAsked question, Wire wire) throws InterruptedException {
        asked.add(question);
        var answer = answer(question);
        var ending = answer.delivery().play(wire, answer.events(), () -> {
            question.session().endStream(body);
            ended.add(new Turn(question, Ending.WHOLE));
        });
        if (ending != Ending.WHOLE) {
            ended.add(new Turn(question, ending));
        }
    }

    /** @throws Refused for a model that does not exist, is not for guests, or wants a chat made first */
    private synchronized void check(JsonNode json, ZaiSession session) {
        String model = json.path("model").asText("");
        if (!models.contains(model)) {
            throw ZaiRefusal.UNKNOWN_MODEL.refused();
        }
        if (session.isGuest() && !guestModels.contains(model)) {
            throw ZaiRefusal.LEVEL_TOO_LOW.refused();
        }
        if (chatModels.contains(model)
                && !session.equals(chats.get(json.path("chat_id").asText("")))) {
            throw ZaiRefusal.INTERNAL.refused();
        }
    }

    /** Makes a chat. @throws Refused when the request describes none */
    synchronized ObjectNode newChat(ZaiSession session, JsonNode body) {
        var history = body.path("chat").path("history");
        String first = history.path("currentId").asText("");
        if (!body.path("chat").path("models").isArray()
                || !history.path("messages").has(first)) {
            throw ZaiRefusal.MALFORMED.refused();
        }
        if (history.path("messages")
                        .path(first)
                        .path("content")
                        .asText("")
                        .codePoints()
                        .count()
                > 500) {
            gate.complain("new chat: content above 500 characters");
        }
        String id = "33333333-3333-4333-8333-%012d".formatted(++made);
        chats.put(id, session);
        var answer = Json.object().put("id", id).put("user_id", session.userId());
        answer.set("chat", body.path("chat"));
        return answer;
    }

    synchronized void deleteChats(ZaiSession session) {
        chats.values().removeIf(session::equals);
    }

    /** The list of models. */
    synchronized ObjectNode list() {
        var list = Json.object();
        var data = list.putArray("data");
        models.stream().sorted().forEach(id -> {
            var model = data.addObject().put("id", id).put("name", id.toUpperCase(Locale.ROOT));
            var info = model.put("owned_by", "openai").putObject("info").put("is_active", true);
            info.put("created_at", 1_767_225_600);
            info.putObject("meta")
                    .put("description", "synthetic")
                    .putObject("capabilities")
                    .put("enable_thinking", true)
                    .put("vision", id.contains("v"));
        });
        return list;
    }

    private synchronized ZaiAnswer answer(ZaiAsked question) {
        var planned = next.poll();
        return planned == null ? otherwise.apply(question) : planned;
    }

    private synchronized int limit() {
        return streams;
    }

    private synchronized boolean failsOnRoles() {
        return usersOnly;
    }
}
