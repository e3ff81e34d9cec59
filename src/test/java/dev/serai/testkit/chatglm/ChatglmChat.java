package dev.serai.testkit.chatglm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.emulator.Ending;
import dev.serai.testkit.emulator.Refused;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns and conversations. */
public final class ChatglmChat {

    /** The assistant of all text models. */
    public static final String MAIN = "65940acff94777010aa6b796";

    /** The assistant that draws. */
    public static final String DRAWING = "65a232c082ff90a2ad2f15e2";

    /** A turn and how its stream ended. */
    public record Turn(ChatglmAsked asked, Ending ending) {}

    private final ChatglmGate gate;
    private final ChatglmFiles files;
    private final Deque<ChatglmAnswer> next = new ArrayDeque<>();
    private final Map<String, ChatglmAccount> conversations = new LinkedHashMap<>();
    private final Set<String> assistants = new HashSet<>(Set.of(
            MAIN,
            DRAWING,
            "676411c38945bbc58a905d31",
            "658a7988b8a9a98d38725745",
            "68f0b8c110eea3e78b0e0e5e",
            "668d03b2e99d661ed3c32516"));
    private final List<ChatglmAsked> asked = new CopyOnWriteArrayList<>();
    private final List<Turn> ended = new CopyOnWriteArrayList<>();
    private final AtomicInteger deleted = new AtomicInteger();
    private Function<ChatglmAsked, ChatglmAnswer> otherwise;
    private volatile boolean manyStreams;
    private int made;

    ChatglmChat(ChatglmGate gate, ChatglmFiles files) {
        this.gate = gate;
        this.files = files;
        this.otherwise = this::usual;
    }

    /** What the next turns get, each once. */
    public synchronized ChatglmChat says(ChatglmAnswer... answers) {
        next.addAll(List.of(answers));
        return this;
    }

    /** What turns get when nothing else is planned. */
    public synchronized ChatglmChat answers(Function<ChatglmAsked, ChatglmAnswer> how) {
        otherwise = how;
        return this;
    }

    /** Forgets what was planned. */
    public synchronized ChatglmChat forget() {
        next.clear();
        otherwise = this::usual;
        return this;
    }

    /** An account may have as many streams open as it likes. */
    public void manyStreams() {
        manyStreams = true;
    }

    /** One more assistant that callers may use. */
    public synchronized ChatglmChat assistant(String id) {
        assistants.add(id);
        return this;
    }

    /** All turns that were taken. */
    public List<ChatglmAsked> asked() {
        return List.copyOf(asked);
    }

    /** All turns whose stream is over. */
    public List<Turn> ended() {
        return List.copyOf(ended);
    }

    /** Conversations that are still kept. */
    public synchronized List<String> undeleted() {
        return List.copyOf(conversations.keySet());
    }

    /** Conversations of these accounts that are still kept. */
    public synchronized List<String> undeleted(Collection<ChatglmAccount> of) {
        return conversations.entrySet().stream()
                .filter(entry -> of.contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Forgets a conversation, as if its owner had deleted it. */
    public synchronized void drop(String conversation) {
        conversations.remove(conversation);
    }

    public int deleted() {
        return deleted.get();
    }

    void turn(JsonNode json, ChatglmAccount account, Wire wire) throws IOException, InterruptedException {
        var body = new ChatglmBody(json, gate, files, account);
        if (!allows(body.assistant())) {
            throw ChatglmRefusal.NOT_ALLOWED.refused();
        }
        String conversation = conversation(body.conversation(), account);
        if (conversation == null) {
            wire.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
            return;
        }
        if (!account.beginStream(body) && !manyStreams) {
            forgetNew(body.conversation(), conversation);
            throw ChatglmRefusal.BUSY.refused();
        }
        try {
            stream(body, body.asked(conversation), wire);
        } catch (Refused refused) {
            forgetNew(body.conversation(), conversation);
            throw refused;
        } finally {
            account.endStream(body);
        }
    }

    private void stream(ChatglmBody body, ChatglmAsked question, Wire wire) throws InterruptedException {
        if (!question.account().takeTurn()) {
            throw ChatglmRefusal.GUEST_EXHAUSTED.refused();
        }
        asked.add(question);
        var answer = answer(question);
        var frames = new ChatglmFrames(id("f"), question.conversation(), question.assistant(), answer).events();
        var ending = answer.delivery().play(wire, frames, () -> {
            question.account().endStream(body);
            ended.add(new Turn(question, Ending.WHOLE));
        });
        if (ending != Ending.WHOLE) {
            ended.add(new Turn(question, ending));
        }
    }

    /** @return how many of the conversations were the account's */
    synchronized int delete(ChatglmAccount account, List<String> ids) {
        int count = 0;
        for (String id : ids) {
            if (conversations.remove(id, account)) {
                count++;
            } else {
                gate.complain("delete: no conversation " + id);
            }
        }
        deleted.addAndGet(count);
        return count;
    }

    private synchronized boolean allows(String assistant) {
        return assistants.contains(assistant);
    }

    private synchronized @Nullable String conversation(String named, ChatglmAccount account) {
        if (named.isEmpty()) {
            String id = id("a");
            conversations.put(id, account);
            return id;
        }
        return account.equals(conversations.get(named)) ? named : null;
    }

    private synchronized void forgetNew(String named, String id) {
        if (named.isEmpty()) {
            conversations.remove(id);
        }
    }

    private synchronized ChatglmAnswer answer(ChatglmAsked question) {
        var planned = next.poll();
        return planned == null ? otherwise.apply(question) : planned;
    }

    private ChatglmAnswer usual(ChatglmAsked question) {
        if (!DRAWING.equals(question.assistant())) {
            return ChatglmAnswer.of(ChatglmPart.text("Hello", "! 你好", ", how can I help?"));
        }
        return ChatglmAnswer.of(
                ChatglmPart.code("{\"prompt\":\"a red bicycle, watercolour\"}"),
                ChatglmPart.image(files.link("aa11_1_0.png")),
                ChatglmPart.image(files.link("aa11_0_0.png")),
                ChatglmPart.noMoreImages());
    }

    private synchronized String id(String kind) {
        return "66f0" + kind + "%019x".formatted(++made);
    }

    /** The ids in the body of a deletion, in either form. */
    static List<String> ids(JsonNode body) {
        var ids = new ArrayList<String>();
        if (body.path("conversation_id").isTextual()) {
            ids.add(body.path("conversation_id").asText());
        }
        body.path("conversation_ids").forEach(id -> ids.add(id.asText()));
        return ids;
    }
}
