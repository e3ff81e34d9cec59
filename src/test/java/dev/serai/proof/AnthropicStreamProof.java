package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.entry;
import static dev.serai.testkit.RoutesYaml.provider;
import static dev.serai.testkit.RoutesYaml.translated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.MessageScripts;
import dev.serai.testkit.Scripts;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an Anthropic caller gets of streams that break, whatever stands behind the gateway. */
class AnthropicStreamProof {

    private static final String ASK =
            "{\"model\":\"m\",\"max_tokens\":64,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String[] PIECES = {"Grüße ", "🙂 ", "und ", "Ende"};

    private final FakeUpstream upstream = new FakeUpstream();
    private final Gateway gateway = Gateway.shared();

    enum Way {
        ANTHROPIC_PASSES,
        ANTHROPIC_TRANSLATED,
        OPENAI_TRANSLATED;

        byte[] wholeStream() {
            List<String> events = this == OPENAI_TRANSLATED ? Scripts.events(PIECES) : MessageScripts.events(PIECES);
            return String.join("", events).getBytes(StandardCharsets.UTF_8);
        }
    }

    private void use(Way way) {
        String kind = way == Way.OPENAI_TRANSLATED ? "openai" : "anthropic";
        String provider = provider(kind, upstream, "OPENAI_KEY_1");
        gateway.configure(way == Way.ANTHROPIC_TRANSLATED ? translated("m", provider) : entry("m", provider));
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private HttpResponse<String> ask(String body) {
        return gateway.post("/v1/messages?beta=true", body, "x-api-key", Gateway.KEY);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void cutAnswerNeverLooksComplete(Way way) {
        use(way);
        byte[] whole = way.wholeStream();
        var random = new Random(20261128);
        for (int i = 0; i < 200; i++) {
            int cut = random.nextInt(whole.length - 1);
            boolean reset = random.nextBoolean();
            upstream.now(cutAt(whole, cut, reset));
            String body = ask(ASK).body();
            assertThat(body)
                    .as("cut at byte %d of %d by %s: %s", cut, whole.length, reset ? "reset" : "FIN", body)
                    .doesNotContain("message_stop")
                    .contains("\"type\":\"error\"");
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
    @EnumSource(Way.class)
    void anyCuttingOfTheBytesGivesTheSameStream(Way way) {
        use(way);
        byte[] whole = way.wholeStream();
        upstream.now(cut(whole, whole.length));
        String expected = ask(ASK).body();
        assertThat(expected)
                .contains("Grüße", "🙂", "\"stop_reason\":\"end_turn\"")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        for (int step : new int[] {1, 2, 7, 64}) {
            upstream.now(cut(whole, step));
            assertThat(ask(ASK).body()).as("in steps of %d", step).isEqualTo(expected);
        }
    }

    private static Script cut(byte[] whole, int step) {
        return (request, wire) -> {
            wire.send(Scripts.streamHead());
            for (int from = 0; from < whole.length; from += step) {
                wire.chunk(Arrays.copyOfRange(whole, from, Math.min(whole.length, from + step)));
            }
            wire.lastChunk();
        };
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anErrorBeforeTheFirstWordsIsAPlainOneInTheCallersEnvelope(Way way) {
        use(way);
        upstream.now(MessageScripts.error(529, "overloaded_error", "busy"));
        var answer = ask(ASK);
        assertThat(answer.statusCode()).isEqualTo(529);
        assertThat(answer.body()).contains("\"type\":\"overloaded_error\"").doesNotContain("busy", "req_upstream");
        assertThat(answer.headers().firstValue("request-id"))
                .isEqualTo(answer.headers().firstValue("x-request-id"));
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void anAnswerIsOverWithItsLastEventEvenIfTheConnectionStays() {
        use(Way.ANTHROPIC_TRANSLATED);
        upstream.now((request, wire) -> {
            wire.send(Scripts.streamHead());
            wire.chunk(Way.ANTHROPIC_TRANSLATED.wholeStream());
            wire.stall();
        });
        assertThat(ask(ASK).body()).endsWith("data: {\"type\":\"message_stop\"}\n\n");
    }

    @Test
    void whatPassesIsTheCallersBytesVersionAndBetas() {
        use(Way.ANTHROPIC_PASSES);
        upstream.now(MessageScripts.says("a"));
        String body = "{ \"model\" : \"m[1m]\",\"max_tokens\":64,\"context_management\":{\"edits\":[]},\"x\":1.0,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"h\\u00e9\"}]}";
        var answer = gateway.post(
                "/v1/messages",
                body,
                "authorization",
                "Bearer " + Gateway.KEY,
                "anthropic-version",
                "2026-10-21",
                "anthropic-beta",
                "context-management-2025-06-27",
                "x-claude-code-session-id",
                "s");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("request-id")).isPresent();
        var received = upstream.journal().getFirst();
        assertThat(received.path()).isEqualTo("/v1/messages");
        assertThat(received.body()).isEqualTo(body.replace("\"m[1m]\"", "\"upstream-model\""));
        assertThat(received.header("anthropic-version")).isEqualTo("2026-10-21");
        assertThat(received.header("anthropic-beta")).isEqualTo("context-management-2025-06-27,context-1m-2025-08-07");
        assertThat(received.header("authorization")).isEqualTo("Bearer upstream-secret-1");
        assertThat(received.headers()).doesNotContainKeys("x-claude-code-session-id", "x-api-key");
    }

    @Test
    void whatTheNewerVersionRefusesNeverReachesTheProvider() {
        use(Way.OPENAI_TRANSLATED);
        var answer = gateway.post(
                "/messages",
                ASK.replace("\"max_tokens\":64", "\"max_tokens\":64,\"temperature\":0.5"),
                "x-api-key",
                Gateway.KEY,
                "anthropic-version",
                "2026-10-21");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"type\":\"invalid_request_error\"", "temperature: Extra inputs");
        assertThat(upstream.journal()).isEmpty();
    }
}
