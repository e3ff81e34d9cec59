package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.Finish;
import dev.serai.message.Part;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.GoldenUpstream;
import dev.serai.wires.Chance;
import dev.serai.wires.RequestSketch;
import dev.serai.wires.Streams;
import dev.serai.wires.Wire;
import dev.serai.wires.Wires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the command line clients really send, recorded, is served by every kind of provider: the upstream gets a request of
 * its own wire with every tool, call, result and picture, and the client an answer that is whole in its protocol.
 */
class RecordedRequestsProof {

    private static final Path RECORDED = Path.of("src/test/resources/wire/clients");
    private static final String MODEL = "recorded-model";

    private final FakeUpstream upstream = new FakeUpstream();
    private final Gateway gateway = Gateway.shared();

    /** A provider of ROUTES_CONFIG, and the wire that its upstream speaks to this caller. */
    record Behind(String provider, String path, String model, String wire) {

        @Override
        public String toString() {
            return provider + path;
        }
    }

    /** One request as it was recorded. */
    record Recorded(String name, String path, JsonNode headers, ObjectNode body) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Object[]> all() {
        return recorded().flatMap(request -> providers(request).stream().map(it -> new Object[] {request, it}));
    }

    private static List<Behind> providers(Recorded request) {
        return Stream.of(
                        new Behind("openaiChat", "/v1", "gpt-5.2", "openai-chat"),
                        new Behind("zhipu", "/api/paas/v4", "glm-4.6v", "openai-chat"),
                        new Behind(
                                "openai",
                                "/v1",
                                "gpt-5.2",
                                request.path().contains("/responses") ? "openai-responses" : "openai-chat"),
                        new Behind("anthropic", "", "claude-opus-4-8", "anthropic-messages"),
                        new Behind("zhipu", "/api/anthropic", "glm-5.2", "anthropic-messages"),
                        new Behind("gemini", "", "gemini-3-pro-preview", "gemini"))
                .filter(it -> Wires.all().stream().anyMatch(wire -> wire.name().equals(it.wire())))
                .toList();
    }

    static Stream<Recorded> recorded() {
        try (var files = Files.list(RECORDED)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(RecordedRequestsProof::read)
                    .filter(RecordedRequestsProof::spoken)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean spoken(Recorded request) {
        return Wires.all().stream().anyMatch(wire -> wire.name().equals(GoldenUpstream.wire(request.path())));
    }

    private static Recorded read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            JsonNode all = Json.tree(bytes, 0, bytes.length);
            var body = (ObjectNode) all.path("body");
            if (body.has("model")) {
                body.put("model", MODEL);
            }
            String path = all.path("path").asText().replace("MODEL", MODEL);
            return new Recorded(file.getFileName().toString(), path, all.path("headers"), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("all")
    void aRecordedRequestIsServedByEveryProvider(Recorded request, Behind behind) throws IOException {
        configure(behind);
        upstream.now(GoldenUpstream.script("03-tool-call"));
        for (boolean stream : new boolean[] {true, false}) {
            HttpResponse<String> answer = send(request, stream);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            Received asked = upstream.journal().getLast();
            assertThat(GoldenUpstream.wire(asked.path())).isEqualTo(behind.wire());
            assertThat(GoldenUpstream.streams(asked)).isEqualTo(stream);
            checkRequest(request, asked, behind);
            checkAnswer(request, answer.body(), stream);
        }
    }

    private void configure(Behind behind) {
        String root = upstream.url().substring(0, upstream.url().length() - "/v1".length());
        gateway.configure("{\"" + MODEL + "\":{\"providers\":[{\"provider\":\"" + behind.provider() + "\",\"model\":\""
                + behind.model() + "\",\"baseUrl\":\"" + root + behind.path()
                + "\",\"apiKeys\":[\"OPENAI_KEY_1\"]}]}}");
    }

    private HttpResponse<String> send(Recorded request, boolean stream) {
        var body = request.body().deepCopy();
        String path = request.path();
        if (path.contains(":streamGenerateContent")) {
            path = stream ? path : path.replace(":streamGenerateContent?alt=sse", ":generateContent");
        } else if (!stream) {
            body.put("stream", false);
            body.remove("stream_options");
        }
        var builder = gateway.request(path, "authorization", "Bearer " + Gateway.KEY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
        request.headers()
                .properties()
                .forEach(header ->
                        builder.setHeader(header.getKey(), header.getValue().asText()));
        return Gateway.send(builder.build());
    }

    private static void checkRequest(Recorded request, Received asked, Behind behind) throws IOException {
        var said = RequestSketch.of(GoldenUpstream.wire(request.path()), request.body());
        byte[] body = asked.body().getBytes(StandardCharsets.UTF_8);
        var heard = RequestSketch.of(behind.wire(), Json.tree(body, 0, body.length));
        assertThat(heard.foreign()).as("members that this wire does not have").isEmpty();
        // one of a namespace may have it in front of its name
        assertThat(heard.tools()).as("tools").hasSameSizeAs(said.tools());
        assertThat(said.tools()).allSatisfy(name -> assertThat(heard.tools()).anyMatch(it -> it.endsWith(name)));
        assertThat(heard.calls()).as("calls").isEqualTo(said.calls());
        assertThat(heard.unanswered())
                .as("calls without a result, results without a call")
                .isZero();
        assertThat(heard.results()).as("results").isEqualTo(said.results());
        assertThat(heard.images()).as("pictures").isEqualTo(said.images());
        assertThat(heard.prompt())
                .as("what the user asked for")
                .contains("Create a file. path=/home/dev/app/notes.txt");
    }

    private static void checkAnswer(Recorded request, String body, boolean stream) throws IOException {
        Wire caller = Wires.named(GoldenUpstream.wire(request.path()));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var answer = stream
                ? Streams.assembled(order(caller, bytes))
                : caller.surface().decode(bytes, caller.target(false));
        assertThat(answer.model()).isEqualTo(MODEL);
        assertThat(answer.finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
        assertThat(answer.parts())
                .filteredOn(Part.ToolCall.class::isInstance)
                .singleElement()
                .satisfies(part -> {
                    var call = (Part.ToolCall) part;
                    assertThat(call.name()).isEqualTo(GoldenUpstream.CALLED);
                    assertThat(call.arguments()).contains(GoldenUpstream.ARGUMENT);
                });
    }

    private static List<ChatEvent> order(Wire caller, byte[] bytes) throws IOException {
        return Streams.read(caller, bytes, 4096, new Chance(1)).events();
    }
}
