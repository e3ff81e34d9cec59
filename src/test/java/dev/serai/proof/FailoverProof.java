package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.entry;
import static dev.serai.testkit.RoutesYaml.provider;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.Scripts;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What reaches which upstream with which key, for each way of failing. */
class FailoverProof {

    private static final String WHOLE = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private final FakeUpstream first = new FakeUpstream();
    private final FakeUpstream second = new FakeUpstream().then(Scripts.says("from the second"));
    private final Gateway gateway = Gateway.shared()
            .configure(entry(
                    "m",
                    provider("openai", first, "OPENAI_KEY_1", "OPENAI_KEY_2"),
                    provider("openai", second, "OPENAI_KEY_3")));

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void aDeadKeyIsReplacedByTheNextAndRests() {
        first.then(Scripts.error(401, "invalid_api_key"), Scripts.says("with the second key"));
        assertThat(gateway.chat(WHOLE).body()).contains("with the second key");
        assertThat(keys(first)).containsExactly("upstream-secret-1", "upstream-secret-2");
        assertThat(gateway.chat(WHOLE).body()).contains("with the second key");
        assertThat(keys(first)).containsExactly("upstream-secret-1", "upstream-secret-2", "upstream-secret-2");
        assertThat(second.journal()).isEmpty();
    }

    @Test
    void aLimitedKeyCoolsDownAcrossRequests() {
        first.then(Scripts.error(429, "rate_limit_exceeded", "retry-after: 600"), Scripts.says("with the second key"));
        for (int i = 0; i < 3; i++) {
            assertThat(gateway.chat(WHOLE).statusCode()).isEqualTo(200);
        }
        assertThat(keys(first)).filteredOn("upstream-secret-1"::equals).hasSize(1);
        assertThat(second.journal()).isEmpty();
    }

    @Test
    void aFailingProviderIsLeftForTheNext() {
        for (var failure : List.of(
                Scripts.status(500, "{}"),
                Scripts.status(503, "{}"),
                Scripts.status(529, "{}"),
                Scripts.status(408, "{}"),
                Scripts.error(404, "model_not_found"),
                Scripts.status(200, "<html>login</html>", "x: y"),
                Scripts.status(200, "{\"error\":{\"message\":\"inside\"}}"),
                Scripts.status(200, "{not json"))) {
            assertServedBySecond(failure, WHOLE);
        }
    }

    private void assertServedBySecond(Script failure, String body) {
        try (var broken = new FakeUpstream().then(failure)) {
            gateway.configure(
                    entry("m", provider("openai", broken, "OPENAI_KEY_1"), provider("openai", second, "OPENAI_KEY_3")));
            var answer = gateway.chat(body);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("from the second");
            assertThat(answer.headers().firstValue("x-gateway-attempts")).contains("2");
            assertThat(broken.journal()).hasSize(1);
        }
    }

    @Test
    void aConnectionThatBreaksIsTriedOnceMoreAndThenLeft() {
        first.then((request, wire) -> wire.reset());
        assertThat(gateway.chat(WHOLE).body()).contains("from the second");
        assertThat(first.journal()).hasSize(2);
        assertThat(keys(first)).containsOnly("upstream-secret-1");
    }

    @Test
    void theCallersOwnMistakeIsNotTriedElsewhere() {
        first.then(Scripts.error(400, "invalid_value"));
        var answer = gateway.chat(WHOLE);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("told by the upstream").contains("invalid_request_error");
        assertThat(first.journal()).hasSize(1);
        assertThat(second.journal()).isEmpty();
    }

    @Test
    void anErrorInsideAStreamIsFailedOverBeforeTheFirstContent() {
        second.now(Scripts.streams("from ", "the second"));
        first.then(Scripts.streams(List.of(
                Scripts.data(Scripts.chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null")),
                Scripts.data("{\"error\":{\"message\":\"boom\",\"code\":\"server_error\"}}"))));
        var answer = gateway.chat(STREAM);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("from ", "the second", "[DONE]").doesNotContain("boom");
    }

    @Test
    void aStreamThatBreaksAfterContentIsNeverFailedOverAndNeverLooksComplete() {
        first.then((request, wire) -> {
            wire.send(Scripts.streamHead());
            wire.chunk(Scripts.data(Scripts.chunk("{\"content\":\"Hel\"}", "null")));
            wire.reset();
        });
        var answer = gateway.chat(STREAM);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Hel").contains("\"error\"").doesNotContain("[DONE]");
        assertThat(second.journal()).isEmpty();
    }

    @Test
    void whenAllFailTheCallerNeverSeesAKeysTrouble() {
        first.then(Scripts.error(401, "invalid_api_key"));
        second.now(Scripts.error(403, "x"));
        var answer = gateway.chat(WHOLE);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(answer.body()).contains("overloaded").doesNotContain("key", "secret");
        assertThat(first.journal()).hasSize(2);
        assertThat(second.journal()).hasSize(1);
    }

    @Test
    void refusedReasoningIsLeftOutAndTheSameKeyAskedOnceMore() {
        first.then(Scripts.error(400, "invalid_encrypted_content"), Scripts.says("without it"));
        var answer = gateway.chat("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                + "{\"role\":\"assistant\",\"content\":\"b\",\"reasoning_content\":\"old thoughts\"},"
                + "{\"role\":\"user\",\"content\":\"c\"}]}");
        assertThat(answer.body()).contains("without it");
        assertThat(answer.headers().firstValue("x-gateway-dropped")).contains("messages.reasoning");
        assertThat(keys(first)).containsExactly("upstream-secret-1", "upstream-secret-1");
        assertThat(first.journal().getFirst().body()).contains("old thoughts");
        assertThat(first.journal().getLast().body()).contains("\"b\"").doesNotContain("old thoughts");
    }

    @Test
    void failoverCanBeSwitchedOff() {
        first.then(Scripts.status(500, "{}"));
        var answer = gateway.post(
                "/v1/chat/completions", WHOLE, "authorization", "Bearer " + Gateway.KEY, "x-gateway-failover", "off");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(second.journal()).isEmpty();
    }

    private static List<String> keys(FakeUpstream upstream) {
        return upstream.journal().stream()
                .map(request -> request.header("authorization").replace("Bearer ", ""))
                .toList();
    }
}
