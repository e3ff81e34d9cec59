package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testkit.Gateway;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The one list of models in the shapes that three vendors' clients read, with what goes wrong in their words. */
class ModelListProof {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "house/demo-1";
    private static Gateway gateway;

    @BeforeAll
    static void configure() {
        gateway = Gateway.shared().configure("""
                {"house/demo-1": {"displayName": "Demo 1", "contextWindow": 200000, "maxOutputTokens": 64000,
                                  "providers": [{"provider": "simulator", "model": "demo"}]},
                 "other": {"providers": [{"provider": "simulator", "model": "demo"}]}}
                """);
    }

    @Test
    void openAisClientsReadTheirOwn() {
        var list = json(gateway.get("/v1/models", "authorization", "Bearer " + Gateway.KEY));
        assertThat(list.at("/data/0/id").asText()).isEqualTo(MODEL);
        assertThat(list.at("/data/0/context_length").asLong()).isEqualTo(200_000);
        assertThat(json(gateway.get("/models", "authorization", "Bearer " + Gateway.KEY)))
                .isEqualTo(list);
    }

    @Test
    void anthropicsClientsReadTheirOwn() {
        String[] headers = {"x-api-key", Gateway.KEY, "anthropic-version", "2023-06-01"};
        var list = json(gateway.get("/v1/models?limit=1", headers));
        assertThat(list.at("/data/0/type").asText()).isEqualTo("model");
        assertThat(list.at("/data/0/max_input_tokens").asLong()).isEqualTo(200_000);
        assertThat(list.path("has_more").asBoolean()).isTrue();
        var one = json(gateway.get("/v1/models/" + MODEL, headers));
        assertThat(one).isEqualTo(list.at("/data/0"));
    }

    @Test
    void geminisClientsReadTheirOwn() {
        var list = json(gateway.get("/v1beta/models?pageSize=1", "x-goog-api-key", Gateway.KEY));
        assertThat(list.at("/models/0/name").asText()).isEqualTo("models/" + MODEL);
        assertThat(list.at("/models/0/outputTokenLimit").asLong()).isEqualTo(64_000);
        String token = list.path("nextPageToken").asText();
        var rest = json(gateway.get("/v1/models?pageToken=" + token + "&key=" + Gateway.KEY));
        assertThat(rest.at("/models/0/name").asText()).isEqualTo("models/other");
        assertThat(rest.has("nextPageToken")).isFalse();
        var one = json(gateway.get("/v1beta/models/" + MODEL, "authorization", "Bearer " + Gateway.KEY));
        assertThat(one).isEqualTo(list.at("/models/0"));
    }

    @Test
    void anUnknownModelIsNotFoundInEveryShape() {
        for (String path : new String[] {"/v1/models/nobody", "/models/nobody", "/v1beta/models/nobody"}) {
            assertThat(gateway.get(path, "authorization", "Bearer " + Gateway.KEY)
                            .statusCode())
                    .as(path)
                    .isEqualTo(404);
            assertThat(gateway.get(path).statusCode()).as(path).isEqualTo(401);
        }
        var refused = gateway.get("/v1beta/models?pageSize=none", "authorization", "Bearer " + Gateway.KEY);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("pageSize");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
