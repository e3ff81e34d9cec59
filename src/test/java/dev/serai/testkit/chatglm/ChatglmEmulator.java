package dev.serai.testkit.chatglm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.emulator.Planned;
import dev.serai.testkit.emulator.Queries;
import dev.serai.testkit.emulator.Refused;
import dev.serai.testkit.emulator.Replies;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The private web API of chatglm.cn on a port of this machine. It makes the checks of the real server, in their order, keeps
 * accounts, tokens and conversations, and answers what the test has planned, or something usual.
 *
 * <p>Where a request is taken that no browser would have sent, {@link ChatglmGate#complaints} says so.
 */
public final class ChatglmEmulator implements AutoCloseable {

    private final FakeUpstream server = new FakeUpstream();
    private final ChatglmGate gate;
    private final ChatglmAccounts accounts;
    private final ChatglmLogin login;
    private final ChatglmFiles files = new ChatglmFiles(server.origin());
    private final ChatglmChat chat;
    private final ChatglmVideos videos = new ChatglmVideos(files);
    private final Planned<ChatglmEndpoint> planned = new Planned<>();
    private final Map<ChatglmEndpoint, Integer> calls = new ConcurrentHashMap<>();

    public ChatglmEmulator(Clock clock) {
        gate = new ChatglmGate(clock);
        accounts = new ChatglmAccounts(gate);
        login = new ChatglmLogin(accounts);
        chat = new ChatglmChat(gate, files);
        server.now(this::serve);
    }

    public ChatglmEmulator() {
        this(Clock.systemUTC());
    }

    /** What stands in for {@code https://chatglm.cn}. */
    public String url() {
        return server.origin();
    }

    public ChatglmGate gate() {
        return gate;
    }

    public ChatglmAccounts accounts() {
        return accounts;
    }

    public ChatglmLogin login() {
        return login;
    }

    public ChatglmChat chat() {
        return chat;
    }

    public ChatglmFiles files() {
        return files;
    }

    public ChatglmVideos videos() {
        return videos;
    }

    /** What the next good requests get in place of an answer, whoever sends them: refusals, pages, faults. */
    public ChatglmEmulator next(ChatglmEndpoint endpoint, Script... answers) {
        planned.next(endpoint, answers);
        return this;
    }

    /** What all good requests get from now on; {@code null} ends it. */
    public ChatglmEmulator always(ChatglmEndpoint endpoint, @Nullable Script answer) {
        planned.always(endpoint, answer);
        return this;
    }

    /** All requests as they came. */
    public List<Received> journal() {
        return server.journal();
    }

    /** How many requests an endpoint has had, refused ones among them. */
    public int calls(ChatglmEndpoint endpoint) {
        return calls.getOrDefault(endpoint, 0);
    }

    private void serve(Received request, Wire wire) throws IOException, InterruptedException {
        var endpoint = ChatglmEndpoint.of(request.method(), Queries.path(request));
        if (endpoint == null) {
            gate.complain("no such call: " + request.method() + " " + Queries.path(request));
            Replies.page(404, "Not Found").play(request, wire);
            return;
        }
        calls.merge(endpoint, 1, Integer::sum);
        try {
            answer(endpoint, request, wire);
        } catch (Refused refused) {
            refused.answer().play(request, wire);
        }
    }

    private void answer(ChatglmEndpoint endpoint, Received request, Wire wire)
            throws IOException, InterruptedException {
        if (endpoint == ChatglmEndpoint.ASSET) {
            Replies.asset(wire, Queries.path(request));
            return;
        }
        gate.check(endpoint, request);
        var account = account(endpoint, request);
        var script = planned.take(endpoint);
        if (script == null && account != null) {
            script = account.planned(endpoint);
        }
        if (script != null) {
            script.play(request, wire);
        } else if (account == null) {
            succeed(request, wire, endpoint == ChatglmEndpoint.GUEST ? login.guest() : time());
        } else if (endpoint == ChatglmEndpoint.STREAM) {
            chat.turn(Replies.body(request), account, wire);
        } else {
            var result = result(endpoint, request, account);
            if (endpoint == ChatglmEndpoint.REFRESH && login.losesAnswers()) {
                wire.reset();
            } else {
                succeed(request, wire, result);
            }
        }
    }

    private @Nullable ChatglmAccount account(ChatglmEndpoint endpoint, Received request) {
        return switch (endpoint) {
            case GUEST, TIME -> null;
            case REFRESH -> accounts.refreshing(request);
            default -> accounts.calling(request);
        };
    }

    private JsonNode result(ChatglmEndpoint endpoint, Received request, ChatglmAccount account)
            throws InterruptedException {
        String path = Queries.path(request);
        return switch (endpoint) {
            case REFRESH -> login.refresh(request, account);
            case USER_INFO -> login.info(account);
            case DELETE, BULK_DELETE -> deleted(request, account);
            case UPLOAD, CHAT_UPLOAD, VIDEO_UPLOAD -> uploaded(endpoint, request, account);
            case VIDEO -> videos.submit(account, Replies.body(request));
            case VIDEO_STATUS -> videos.status(account, endpoint.id(path));
            case VIDEO_SOUND -> videos.sound(account, Replies.body(request));
            case VIDEO_DELETE -> {
                videos.delete(account, endpoint.id(path));
                yield NullNode.getInstance();
            }
            case MODELS -> models();
            case GUEST, TIME, STREAM, ASSET -> throw new IllegalStateException(endpoint.name());
        };
    }

    private JsonNode deleted(Received request, ChatglmAccount account) {
        var ids = ChatglmChat.ids(Replies.body(request));
        if (ids.isEmpty()) {
            throw ChatglmRefusal.BAD_REQUEST.refused();
        }
        chat.delete(account, ids);
        return NullNode.getInstance();
    }

    private JsonNode uploaded(ChatglmEndpoint endpoint, Received request, ChatglmAccount account) {
        var upload = files.take(endpoint, account, request);
        return files.answersArray(endpoint) ? Json.array().add(upload) : upload;
    }

    private ObjectNode time() {
        return Json.object().put("cur_ts", gate.millis());
    }

    private static ObjectNode models() {
        var result = Json.object();
        result.putObject("default").put("selected_model", "glm-5.3");
        var models = result.putArray("models");
        for (String name : List.of("glm-5.3", "glm-5.3-flash")) {
            var efforts = models.addObject()
                    .put("display_name", name)
                    .put("selected_model", name)
                    .putArray("reasoning_efforts");
            efforts.addObject().put("effort", "low").put("am_effort", "low");
            efforts.addObject().put("effort", "max").put("am_effort", "max");
        }
        return result;
    }

    private static void succeed(Received request, Wire wire, JsonNode result) throws IOException {
        var body = Json.object().put("status", 0).put("message", "success");
        body.set("result", result);
        Replies.json(wire, 200, body.put("rid", request.header("x-request-id")));
    }

    @Override
    public void close() {
        server.close();
    }
}
