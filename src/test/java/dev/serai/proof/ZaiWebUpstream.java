package dev.serai.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A scripted upstream of the kind {@code zai-web}, which knows one account and gives guests to everybody else. */
final class ZaiWebUpstream implements AutoCloseable {

    static final String ACCOUNT = jwt("user-account");

    private final AtomicInteger guests = new AtomicInteger();
    private final AtomicInteger files = new AtomicInteger();
    private final ConcurrentLinkedDeque<Script> chats = new ConcurrentLinkedDeque<>();
    private final Map<String, Script> others = new ConcurrentHashMap<>();
    private final FakeUpstream server =
            new FakeUpstream().then((request, wire) -> script(request).play(request, wire));

    /** What the next requests for an answer get, before the example {@code thinking}. */
    ZaiWebUpstream then(Script... more) {
        chats.addAll(List.of(more));
        return this;
    }

    /** What is at a path from now on. */
    ZaiWebUpstream at(String path, Script script) {
        others.put(path, script);
        return this;
    }

    String url() {
        return server.url().replace("/v1", "");
    }

    /** What has reached a path. */
    Stream<Received> received(String path) {
        return server.journal().stream().filter(request -> path(request).equals(path));
    }

    /** Requests for answers. */
    List<Received> asked() {
        return received("/api/v2/chat/completions").toList();
    }

    int guests() {
        return guests.get();
    }

    private static String path(Received request) {
        return request.path().replaceFirst("\\?.*", "");
    }

    private Script script(Received request) {
        var told = others.get(path(request));
        if (told != null) {
            return told;
        }
        return switch (path(request)) {
            case "/" ->
                Scripts.status(200, "<html>prod-fe-1.1." + (90 + received("/").count()) + "</html>");
            case "/api/v1/auths/" -> session(request);
            case "/api/v1/chats/new" -> Scripts.status(200, "{\"id\":\"chat-1\"}");
            case "/api/v1/files/" -> file();
            case "/api/chat/completions", "/api/v2/chat/completions" ->
                Objects.requireNonNullElseGet(chats.poll(), () -> plays("thinking"));
            default -> Scripts.status(404, "{\"detail\":\"Not Found\"}");
        };
    }

    private Script session(Received request) {
        if (request.header("authorization").equals("Bearer " + ACCOUNT)) {
            return Scripts.status(200, "{\"id\":\"user-account\",\"email\":\"a@example.com\",\"role\":\"user\"}");
        }
        int number = guests.incrementAndGet();
        return Scripts.status(
                200,
                "{\"id\":\"user-%d\",\"email\":\"guest-%d@guest.com\",\"role\":\"guest\",\"token\":\"%s\"}"
                        .formatted(number, number, jwt("user-" + number)));
    }

    private Script file() {
        int number = files.incrementAndGet();
        return Scripts.status(
                200,
                "{\"id\":\"file-%d\",\"filename\":\"image.png\",\"meta\":{\"name\":\"image.png\",\"size\":7}}"
                        .formatted(number));
    }

    /** A token as the service makes them, of a user. */
    static String jwt(String id) {
        var claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
        return "eyJhbGciOiJub25lIn0." + claims + ".c2ln";
    }

    /** An example of the wire. */
    static Script plays(String example) {
        try (InputStream in =
                Objects.requireNonNull(ZaiWebUpstream.class.getResourceAsStream("/wire/zai-web/" + example + ".sse"))) {
            return Scripts.streams(List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An answer of one frame. */
    static Script tells(String data) {
        return Scripts.streams(List.of(Scripts.data("{\"type\":\"chat:completion\",\"data\":" + data + "}")));
    }

    static JsonNode json(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return Json.tree(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
