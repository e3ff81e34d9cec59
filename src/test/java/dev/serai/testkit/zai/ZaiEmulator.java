package dev.serai.testkit.zai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The private web API of chat.z.ai on a port of this machine, in the form of 2026 unless told otherwise. It makes the checks
 * of the real server, in their order, keeps sessions and chats, and answers what the test has planned, or something usual.
 *
 * <p>Where a request is taken that no browser would have sent, {@link ZaiGate#complaints} says so.
 */
public final class ZaiEmulator implements AutoCloseable {

    private final FakeUpstream server = new FakeUpstream();
    private final ZaiGate gate;
    private final ZaiSessions sessions;
    private final ZaiFiles files = new ZaiFiles();
    private final ZaiChat chat;
    private final Planned<ZaiEndpoint> planned = new Planned<>();
    private final Map<ZaiEndpoint, Integer> calls = new ConcurrentHashMap<>();

    public ZaiEmulator(Clock clock) {
        gate = new ZaiGate(clock);
        sessions = new ZaiSessions(clock);
        chat = new ZaiChat(gate, files);
        server.now(this::serve);
    }

    public ZaiEmulator() {
        this(Clock.systemUTC());
    }

    /** What stands in for {@code https://chat.z.ai}. */
    public String url() {
        return server.origin();
    }

    public ZaiGate gate() {
        return gate;
    }

    public ZaiSessions sessions() {
        return sessions;
    }

    public ZaiChat chat() {
        return chat;
    }

    public ZaiFiles files() {
        return files;
    }

    /** What the next good requests get in place of an answer, whoever sends them: refusals, pages, faults. */
    public ZaiEmulator next(ZaiEndpoint endpoint, Script... answers) {
        planned.next(endpoint, answers);
        return this;
    }

    /** What all good requests get from now on; {@code null} ends it. */
    public ZaiEmulator always(ZaiEndpoint endpoint, @Nullable Script answer) {
        planned.always(endpoint, answer);
        return this;
    }

    /** All requests as they came. */
    public List<Received> journal() {
        return server.journal();
    }

    /** How many requests an endpoint has had, refused ones among them. */
    public int calls(ZaiEndpoint endpoint) {
        return calls.getOrDefault(endpoint, 0);
    }

    private void serve(Received request, Wire wire) throws IOException, InterruptedException {
        var endpoint = ZaiEndpoint.of(request.method(), Queries.path(request));
        if (endpoint == null) {
            gate.complain("no such call: " + request.method() + " " + Queries.path(request));
            ZaiRefusal.NOT_FOUND.play(request, wire);
            return;
        }
        calls.merge(endpoint, 1, Integer::sum);
        try {
            answer(endpoint, request, wire);
        } catch (Refused refused) {
            refused.answer().play(request, wire);
        }
    }

    private void answer(ZaiEndpoint endpoint, Received request, Wire wire) throws IOException, InterruptedException {
        boolean turn = endpoint == ZaiEndpoint.CHAT || endpoint == ZaiEndpoint.CHAT_V2;
        if (turn) {
            turn(endpoint, request, wire);
            return;
        }
        var session = sessions.find(request);
        var script = planned(endpoint, session);
        if (script != null) {
            script.play(request, wire);
        } else if (endpoint == ZaiEndpoint.HOME) {
            home(wire);
        } else {
            Replies.json(wire, 200, result(endpoint, request));
        }
    }

    private void turn(ZaiEndpoint endpoint, Received request, Wire wire) throws IOException, InterruptedException {
        if (gate.is2025() != (endpoint == ZaiEndpoint.CHAT)) {
            throw ZaiRefusal.NOT_FOUND.refused();
        }
        var body = Replies.body(request);
        if (!gate.is2025()) {
            gate.checkVersion(request);
        }
        var session = sessions.calling(request);
        if (!gate.is2025()) {
            gate.checkSignature(request, session, body);
            gate.checkCaptcha(session, body);
        }
        gate.lookAtHeaders(request);
        var script = planned(endpoint, session);
        if (script != null) {
            script.play(request, wire);
        } else {
            chat.turn(body, session, wire);
        }
    }

    private JsonNode result(ZaiEndpoint endpoint, Received request) {
        return switch (endpoint) {
            case AUTHS -> sessions.validated(request).json();
            case GUEST -> sessions.guest().json();
            case MODELS -> chat.list();
            case CONFIG -> Json.object().put("status", true).put("name", "Z.ai");
            case NEW_CHAT -> chat.newChat(sessions.calling(request), Replies.body(request));
            case DELETE_CHATS -> {
                chat.deleteChats(sessions.calling(request));
                yield BooleanNode.TRUE;
            }
            case UPLOAD -> files.take(sessions.calling(request), request);
            case CHAT, CHAT_V2, HOME -> throw new IllegalStateException(endpoint.name());
        };
    }

    private void home(Wire wire) throws IOException {
        String page = "<!DOCTYPE html><html><head><script src=\"https://cdn.example/" + gate.version()
                + "/_app/start.js\"></script></head><body></body></html>";
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(gate.now());
        Replies.send(wire, 200, "text/html; charset=utf-8\r\ndate: " + date, page.getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable Script planned(ZaiEndpoint endpoint, @Nullable ZaiSession session) {
        var script = planned.take(endpoint);
        return script == null && session != null ? session.planned(endpoint) : script;
    }

    @Override
    public void close() {
        server.close();
    }
}
