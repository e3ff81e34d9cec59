package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testkit.Gateway;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests to count tokens, in three protocols, of a model whose provider does not count. */
class TokenCountProof {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static Gateway gateway;

    @BeforeAll
    static void configure() {
        gateway = Gateway.shared()
                .configure("{\"demo/1\":{\"providers\":[{\"provider\":\"simulator\",\"model\":\"demo\"}]}}");
    }

    @Test
    void anthropicsClientsGetTheirAnswer() {
        var answer = gateway.post(
                "/v1/messages/count_tokens?beta=true",
                "{\"model\":\"demo/1\",\"system\":\"Be brief.\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],"
                        + "\"tools\":[{\"name\":\"look\",\"input_schema\":{\"type\":\"object\"}}]}",
                "x-api-key",
                Gateway.KEY,
                "anthropic-version",
                "2023-06-01");
        assertThat(counted(answer).path("input_tokens").asLong()).isBetween(20L, 60L);
    }

    @Test
    void responsesClientsGetTheirAnswer() {
        String body = "{\"model\":\"demo/1\",\"instructions\":\"Be brief.\",\"input\":\"Hello\"}";
        var answer =
                counted(gateway.post("/v1/responses/input_tokens", body, "authorization", "Bearer " + Gateway.KEY));
        assertThat(answer.path("object").asText()).isEqualTo("response.input_tokens");
        assertThat(answer.path("input_tokens").asLong()).isBetween(12L, 20L);
        assertThat(counted(gateway.post("/responses/input_tokens", body, "authorization", "Bearer " + Gateway.KEY)))
                .isEqualTo(answer);
    }

    @Test
    void geminisClientsGetTheirAnswer() {
        String contents = "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]";
        for (String version : new String[] {"v1beta", "v1"}) {
            var plain = counted(gateway.post(
                    "/" + version + "/models/demo/1:countTokens", "{" + contents + "}", "x-goog-api-key", Gateway.KEY));
            assertThat(plain.path("totalTokens").asLong()).isBetween(5L, 15L);
            assertThat(plain.at("/promptTokensDetails/0/modality").asText()).isEqualTo("TEXT");
            var wrapped = counted(gateway.post(
                    "/" + version + "/models/demo/1:countTokens",
                    "{\"generateContentRequest\":{\"model\":\"models/demo/1\"," + contents
                            + ",\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief.\"}]}}}",
                    "x-goog-api-key",
                    Gateway.KEY));
            assertThat(wrapped.path("totalTokens").asLong())
                    .isGreaterThan(plain.path("totalTokens").asLong());
        }
    }

    @Test
    void whatIsWrongIsToldInTheProtocolsWords() {
        var unknown = gateway.post(
                "/v1/messages/count_tokens",
                "{\"model\":\"demo/1\",\"messages\":[]}",
                "x-api-key",
                Gateway.KEY,
                "anthropic-version",
                "2023-06-01");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("\"type\":\"error\"");
        assertThat(gateway.post("/v1/messages/count_tokens", "{}").statusCode()).isEqualTo(401);
        assertThat(gateway.post("/v1beta/models/demo/1:countTokens", "{}").statusCode())
                .isEqualTo(401);
    }

    private static JsonNode counted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-usage")).contains("estimated");
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
