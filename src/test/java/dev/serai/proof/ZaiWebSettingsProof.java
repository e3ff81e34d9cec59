package dev.serai.proof;

import static dev.serai.proof.ZaiWebUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.Gateway;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway with {@code TOKEN_POOL_SIZE=0} and {@code SHOW_THINK_TAGS=true}. */
class ZaiWebSettingsProof {

    private static final String ASK = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]%s}";
    private static Gateway gateway;

    private ZaiWebUpstream upstream;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(
                Map.of("TOKEN_POOL_SIZE", "0", "SHOW_THINK_TAGS", "true", "ZAI_ACCOUNT", ZaiWebUpstream.ACCOUNT));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void open() {
        upstream = new ZaiWebUpstream();
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private void configure(String more, String... others) {
        gateway.configure("{\"m\":{\"providers\":[{\"provider\":\"zai-web\",\"model\":\"glm-4.7\",\"endpoint\":\""
                + upstream.url() + "\"" + more + "}" + String.join("", others) + "]}}");
    }

    @Test
    void withoutGuestsTheAnswerIsA503ThatNamesTheSetting() {
        configure("");
        for (var more : new String[] {"", ",\"stream\":true", ""}) {
            var answer = gateway.chat(ASK.formatted(more));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).contains("TOKEN_POOL_SIZE is 0");
        }
        assertThat(upstream.guests()).isZero();
    }

    @Test
    void withoutGuestsTheNextCandidateAnswers() {
        configure("", ",{\"provider\":\"simulator\",\"model\":\"demo\"}");
        var answer = gateway.chat(ASK.formatted(""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-provider")).hasValue("simulator");
    }

    @Test
    void accountsNeedNoGuestsAndReasoningStandsBetweenTags() {
        configure(",\"apiKeys\":[\"ZAI_ACCOUNT\"]");
        var answer = gateway.chat(ASK.formatted(""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var message = json(answer.body()).at("/choices/0/message");
        assertThat(message.path("content").asText())
                .isEqualTo("<think>Add the numbers.\n2 + 2 = 4.</think>The answer is 4. 好");
        assertThat(message.path("reasoning_content").asText("")).isEmpty();
        assertThat(upstream.guests()).isZero();
    }

    @Test
    void aStreamHasTheTagsToo() {
        configure(",\"apiKeys\":[\"ZAI_ACCOUNT\"]");
        var text = new StringBuilder();
        for (var line : gateway.chat(ASK.formatted(",\"stream\":true")).body().split("\n")) {
            if (line.startsWith("data: {")) {
                text.append(
                        json(line.substring(6)).at("/choices/0/delta/content").asText(""));
            }
        }
        assertThat(text).hasToString("<think>Add the numbers.\n2 + 2 = 4.</think>The answer is 4. 好");
    }
}
