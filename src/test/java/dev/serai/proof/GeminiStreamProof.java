package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.entry;
import static dev.serai.testkit.RoutesYaml.provider;
import static dev.serai.testkit.RoutesYaml.translated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.GeminiScripts;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a Gemini stream, in both framings and on both lanes, when its upstream does anything but behave. */
class GeminiStreamProof {

    private static final String BODY =
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}],\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}}";
    private static final String EVENTS = "/v1beta/models/pub/m:streamGenerateContent?alt=sse";
    private static final String ARRAY = "/v1beta/models/pub/m:streamGenerateContent";
    private static final byte[] WHOLE_STREAM = String.join("", GeminiScripts.events("Grüße ", "🙂 ", "und ", "Ende"))
            .getBytes(StandardCharsets.UTF_8);
    private static final byte[] CHAT_STREAM =
            String.join("", Scripts.events("Grüße ", "🙂 ", "und ", "Ende")).getBytes(StandardCharsets.UTF_8);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeUpstream upstream = new FakeUpstream();
    private final Gateway gateway = Gateway.shared();

    /** The upstream, the lane and the framing. */
    enum Way {
        GEMINI_PASSES_EVENTS,
        GEMINI_PASSES_ARRAY,
        GEMINI_TRANSLATED_EVENTS,
        GEMINI_TRANSLATED_ARRAY,
        CHAT_EVENTS,
        CHAT_ARRAY;

        boolean array() {
            return name().endsWith("ARRAY");
        }

        boolean chat() {
            return name().startsWith("CHAT");
        }

        byte[] upstreamBytes() {
            return chat() ? CHAT_STREAM : WHOLE_STREAM;
        }
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private void use(Way way) {
        String provider = provider(way.chat() ? "openai" : "gemini", upstream, "OPENAI_KEY_1");
        gateway.configure(way.name().contains("PASSES") ? entry("pub/m", provider) : translated("pub/m", provider));
    }

    private HttpResponse<String> post(String path) {
        return gateway.post(path, BODY, "x-goog-api-key", Gateway.KEY);
    }

    private String answer(Way way) {
        return post(way.array() ? ARRAY : EVENTS).body();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void cutAnswerNeverLooksComplete(Way way) {
        use(way);
        byte[] stream = way.upstreamBytes();
        // behind the event with the finish a Gemini stream is whole, wherever it ends
        int end = way.chat() ? stream.length - 1 : stream.length - 2;
        var random = new Random(20261128);
        for (int i = 0; i < 200; i++) {
            int cut = random.nextInt(end - 1);
            boolean reset = random.nextBoolean();
            upstream.now(cutAt(stream, cut, reset));
            String body = answer(way);
            assertThat(body)
                    .as("cut at byte %d of %d by %s: %s", cut, stream.length, reset ? "reset" : "FIN", body)
                    .doesNotContain("finishReason")
                    .contains("\"error\"");
            if (way.array() && body.startsWith("[")) {
                assertThat(objects(body).getLast().has("error")).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"GEMINI_.*"},
            mode = EnumSource.Mode.MATCH_ALL)
    void cutBehindTheFinishLosesNothing(Way way) {
        use(way);
        upstream.now(cutAt(WHOLE_STREAM, WHOLE_STREAM.length, false));
        String body = answer(way);
        assertThat(body).contains("Ende", "\"finishReason\":\"STOP\"").doesNotContain("\"error\"");
        assertThat(objects(body)).isNotEmpty();
    }

    private static Script cutAt(byte[] stream, int cut, boolean reset) {
        return (request, wire) -> {
            wire.send(Scripts.streamHead());
            wire.chunk(Arrays.copyOf(stream, cut));
            if (reset) {
                wire.reset();
            } else {
                wire.close();
            }
        };
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anyCuttingOfTheBytesGivesTheSameStream(Way way) {
        use(way);
        byte[] stream = way.upstreamBytes();
        String expected = null;
        for (int step : new int[] {100_000, 1, 2, 3, 5, 7, 64}) {
            upstream.now((request, wire) -> {
                wire.send(Scripts.streamHead());
                for (int from = 0; from < stream.length; from += step) {
                    wire.chunk(Arrays.copyOfRange(stream, from, Math.min(stream.length, from + step)));
                }
                wire.lastChunk();
            });
            String body = answer(way);
            assertThat(body)
                    .contains("Grüße", "🙂", "\"finishReason\":\"STOP\"")
                    .doesNotContain("[DONE]", "event:");
            String normal = objects(body).toString();
            expected = expected == null ? normal : expected;
            assertThat(normal).as("in steps of %d", step).isEqualTo(expected);
        }
    }

    @Test
    void theUpstreamIsAskedForEventsAndAnswersKeepTheirBytes() {
        use(Way.GEMINI_PASSES_EVENTS);
        upstream.now(GeminiScripts.streams(GeminiScripts.object(GeminiScripts.text("a")), GeminiScripts.finished("")));
        for (String path : List.of(EVENTS, ARRAY, EVENTS.replace("v1beta", "v1").replace(":stream", "%3Astream"))) {
            var response = post(path);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type").orElse(""))
                    .startsWith(path.equals(ARRAY) ? "application/json" : "text/event-stream");
            assertThat(objects(response.body()).getFirst().toString())
                    .isEqualTo(
                            parsed(GeminiScripts.object(GeminiScripts.text("a")).replace("upstream-model", "pub/m"))
                                    .toString());
        }
        assertThat(upstream.journal()).hasSize(3).allSatisfy(request -> {
            assertThat(request.path()).isEqualTo("/v1/models/upstream-model:streamGenerateContent?alt=sse");
            assertThat(request.header("x-goog-api-key")).isEqualTo("upstream-secret-1");
            assertThat(request.header("authorization")).isEmpty();
            assertThat(request.body()).isEqualTo(BODY);
        });
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void eachEventIsFlushedAsItComes(Way way) throws Exception {
        use(way);
        var gate = new CountDownLatch(1);
        upstream.now((request, wire) -> {
            wire.send(Scripts.streamHead());
            wire.chunk(first(way));
            wire.await(gate);
            wire.chunk(rest(way)).lastChunk();
        });
        var request = gateway.request(
                        way.array() ? ARRAY : EVENTS, "x-goog-api-key", Gateway.KEY, "content-type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            var in = client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                    .body();
            var seen = new StringBuilder();
            while (!seen.toString().contains("piece0")) {
                int b = in.read();
                assertThat(b).isNotNegative();
                seen.append((char) b);
            }
            assertThat(seen.toString()).doesNotContain("piece1");
            gate.countDown();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("piece1", "STOP");
        }
    }

    private static String first(Way way) {
        return way.chat()
                ? Scripts.data(Scripts.chunk("{\"content\":\"piece0\"}", "null"))
                : GeminiScripts.event(GeminiScripts.object(GeminiScripts.text("piece0")));
    }

    private static String rest(Way way) {
        return way.chat()
                ? Scripts.data(Scripts.chunk("{\"content\":\"piece1\"}", "\"stop\"")) + Scripts.data("[DONE]")
                : GeminiScripts.event(GeminiScripts.finished(GeminiScripts.text("piece1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"candidates\":\n\n",
                "data: <html>\n\n",
                "data: [DONE]\n\n",
                "data: {\"error\":{\"code\":500,\"message\":\"boom\",\"status\":\"INTERNAL\"}}\n\n",
                "data: \u0000\n\n"
            })
    void garbageIsAnErrorAndNeverAnEnd(String garbage) {
        for (Way way : List.of(Way.GEMINI_PASSES_EVENTS, Way.GEMINI_PASSES_ARRAY, Way.GEMINI_TRANSLATED_EVENTS)) {
            use(way);
            upstream.now(Scripts.streams(
                    List.of(GeminiScripts.event(GeminiScripts.object(GeminiScripts.text("one"))), garbage)));
            assertThat(answer(way))
                    .contains("one", "\"error\"")
                    .doesNotContain("[DONE]", "boom", "<html>", "finishReason");
        }
    }

    @Test
    void anErrorBeforeTheFirstContentKeepsItsStatus() {
        for (Way way : List.of(Way.GEMINI_PASSES_EVENTS, Way.GEMINI_PASSES_ARRAY)) {
            use(way);
            upstream.now(GeminiScripts.error(400, "INVALID_ARGUMENT"));
            var response = post(way.array() ? ARRAY : EVENTS);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(parsed(response.body()).at("/error/status").asText()).isEqualTo("INVALID_ARGUMENT");
        }
    }

    @Test
    void aWholeAnswerToAStreamIsReplayedAsOne() {
        for (Way way : List.of(Way.GEMINI_PASSES_EVENTS, Way.GEMINI_PASSES_ARRAY)) {
            use(way);
            upstream.now(GeminiScripts.says("all at once"));
            assertThat(objects(answer(way)).toString()).contains("all at once", "\"finishReason\":\"STOP\"");
        }
    }

    @Test
    void failoverGoesOnBeforeTheFirstContent() {
        String gemini = provider("gemini", upstream, "OPENAI_KEY_1");
        var second = new FakeUpstream();
        try (second) {
            gateway.configure(entry("pub/m", gemini, provider("openai", second, "OPENAI_KEY_2")));
            upstream.now(GeminiScripts.streams(
                    "{\"candidates\":[{\"content\":{\"parts\":[]},\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]}"));
            second.now(Scripts.streams("from the other"));
            assertThat(post(EVENTS).body()).contains("from the other").doesNotContain("error", "MALFORMED");
        }
    }

    @Test
    void aPathThatIsNobodysIsToldInTheCallersWords() {
        var response = gateway.post("/v1beta/nothing", BODY, "x-goog-api-key", Gateway.KEY);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(parsed(response.body()).at("/error/status").asText()).isEqualTo("NOT_FOUND");
        assertThat(gateway.post("/v1beta/models/unknown:generateContent", BODY, "x-goog-api-key", Gateway.KEY)
                        .statusCode())
                .isEqualTo(404);
    }

    /** The response objects of either framing. */
    private static List<JsonNode> objects(String body) {
        var objects = new ArrayList<JsonNode>();
        if (body.stripLeading().startsWith("[")) {
            parsed(body).forEach(objects::add);
            return objects;
        }
        Stream.of(body.split("\r?\n\r?\n"))
                .filter(event -> !event.isBlank() && !event.startsWith(":"))
                .forEach(event -> {
                    assertThat(event).startsWith("data:");
                    objects.add(parsed(event.substring(5)));
                });
        return objects;
    }

    private static JsonNode parsed(String json) {
        var tree = new JsonNode[1];
        assertThatCode(() -> tree[0] = read(json)).as(json).doesNotThrowAnyException();
        return tree[0];
    }

    private static JsonNode read(String json) throws IOException {
        return JSON.readTree(json);
    }
}
