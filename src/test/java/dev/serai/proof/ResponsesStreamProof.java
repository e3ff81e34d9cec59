package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.RoutesYaml;
import dev.serai.testkit.Scripts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a Responses stream when its upstream does anything but behave; on every lane. */
class ResponsesStreamProof {

    private static final String STREAM = "{\"model\":\"m\",\"stream\":true,\"input\":\"hi\"}";
    private static final Pattern GATEWAYS_ID = Pattern.compile("req_[0-9a-v]{24}");
    private static final Pattern ENDED = Pattern.compile("\"completed_at\":[0-9]+");

    private final FakeUpstream upstream = new FakeUpstream();
    private final Gateway gateway = Gateway.shared();

    enum Lane {
        PASSTHROUGH,
        TRANSLATED,
        CHAT;

        String kind() {
            return this == CHAT ? "openaiChat" : "openai";
        }

        byte[] whole() {
            String protocol = this == CHAT ? "openai-chat" : "openai-responses";
            return Wire.bytes(protocol + "/cases/10-reasoning-tool-call/stream.txt");
        }
    }

    private void use(Lane lane) {
        String provider = RoutesYaml.provider(lane.kind(), upstream, "OPENAI_KEY_1");
        gateway.configure(
                lane == Lane.TRANSLATED ? RoutesYaml.translated("m", provider) : RoutesYaml.entry("m", provider));
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private String call() {
        return gateway.post("/v1/responses", STREAM, "authorization", "Bearer " + Gateway.KEY)
                .body();
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void cutAnswerNeverLooksComplete(Lane lane) {
        use(lane);
        byte[] whole = lane.whole();
        int last = new String(whole, StandardCharsets.UTF_8).stripTrailing().length();
        var random = new Random(20261128);
        for (int i = 0; i < 200; i++) {
            int cut = random.nextInt(last - "[DONE]".length());
            boolean reset = random.nextBoolean();
            upstream.now(cutAt(whole, cut, reset));
            String body = call();
            assertThat(body)
                    .as("cut at byte %d of %d by %s: %s", cut, whole.length, reset ? "reset" : "FIN", body)
                    .doesNotContain("event: response.completed", "event: response.incomplete")
                    .contains("error");
            if (body.startsWith("event:")) {
                List<String> data = Wire.data(body);
                JsonNode end = Wire.json(data.getLast());
                assertThat(end.path("type").asText()).isIn("response.failed", "error");
                assertThat(end.path("sequence_number").asInt()).isEqualTo(data.size() - 1);
            }
        }
    }

    private static Script cutAt(byte[] whole, int cut, boolean reset) {
        return (request, wire) -> {
            wire.send(Scripts.streamHead());
            wire.chunk(Arrays.copyOf(whole, cut));
            if (reset) {
                wire.reset();
            } else {
                wire.close();
            }
        };
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void anyCuttingOfTheBytesGivesTheSameStream(Lane lane) {
        use(lane);
        byte[] whole = lane.whole();
        upstream.now(Scripts.streams(List.of(new String(whole, StandardCharsets.UTF_8))));
        String expected = call();
        assertThat(expected).contains("event: response.completed");
        for (int step : new int[] {1, 7, 64}) {
            upstream.now((request, wire) -> {
                wire.send(Scripts.streamHead());
                for (int from = 0; from < whole.length; from += step) {
                    wire.chunk(Arrays.copyOfRange(whole, from, Math.min(whole.length, from + step)));
                }
                wire.lastChunk();
            });
            assertThat(plain(call())).as("in steps of %d", step).isEqualTo(plain(expected));
        }
    }

    private static String plain(String stream) {
        return ENDED.matcher(GATEWAYS_ID.matcher(stream).replaceAll("req")).replaceAll("ended");
    }

    @ParameterizedTest
    @EnumSource(
            value = Lane.class,
            names = {"PASSTHROUGH", "TRANSLATED"})
    void theAnswerEndsWithItsTerminalEventWhateverTheUpstreamGoesOnWith(Lane lane) {
        use(lane);
        upstream.now((request, wire) -> {
            wire.send(Scripts.streamHead());
            wire.chunk(lane.whole());
            wire.chunk(
                    "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"late\"}\n\n");
            wire.stall();
        });
        assertThat(call()).contains("event: response.completed").doesNotContain("late");
    }

    @ParameterizedTest
    @EnumSource(
            value = Lane.class,
            names = {"PASSTHROUGH", "TRANSLATED"})
    void failureInsideTheStreamBeforeAnyContentMovesTheCall(Lane lane) {
        var second = new FakeUpstream();
        try (second) {
            String providers = RoutesYaml.provider("openai", upstream, "OPENAI_KEY_1") + ","
                    + RoutesYaml.provider("openai", second, "OPENAI_KEY_2");
            gateway.configure(
                    lane == Lane.TRANSLATED ? RoutesYaml.translated("m", providers) : RoutesYaml.entry("m", providers));
            upstream.now(Scripts.streams(List.of(
                    "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_x\"},\"sequence_number\":0}\n\n",
                    "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":"
                            + "\"server_error\",\"message\":\"boom\"}},\"sequence_number\":1}\n\n")));
            second.now(Scripts.streams(List.of(new String(lane.whole(), StandardCharsets.UTF_8))));
            assertThat(call()).contains("event: response.completed").doesNotContain("resp_x", "boom");
            assertThat(second.journal()).hasSize(1);
        }
    }

    @Test
    void aWholeAnswerForAStreamIsReplayedAsOne() {
        use(Lane.PASSTHROUGH);
        upstream.now(Scripts.status(
                200,
                new String(
                        Wire.bytes("openai-responses/cases/10-reasoning-tool-call/response.json"),
                        StandardCharsets.UTF_8)));
        assertThat(call())
                .contains("event: response.created", "event: response.function_call_arguments.done")
                .contains("event: response.completed");
    }

    @Test
    void theShortPathIsTheSame() {
        use(Lane.PASSTHROUGH);
        upstream.now(Scripts.streams(List.of(new String(Lane.PASSTHROUGH.whole(), StandardCharsets.UTF_8))));
        String body = gateway.post("/responses", STREAM, "authorization", "Bearer " + Gateway.KEY)
                .body();
        assertThat(body).contains("event: response.completed");
    }
}
