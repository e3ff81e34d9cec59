package dev.serai.proof;

import static dev.serai.testkit.Scripts.chunk;
import static dev.serai.testkit.Scripts.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.RoutesYaml;
import dev.serai.testkit.Scripts;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Codex sends, as it was recorded, reaches models that speak Chat, and what they call comes back as Codex knows it. */
class CodexProof {

    private final FakeUpstream upstream = new FakeUpstream();
    private final Gateway gateway = Gateway.shared();

    @AfterEach
    void close() {
        upstream.close();
    }

    private HttpResponse<String> call(String kind, JsonNode body) {
        gateway.configure(RoutesYaml.entry("m", RoutesYaml.provider(kind, upstream, "OPENAI_KEY_1")));
        return gateway.post("/v1/responses", body.toString(), "authorization", "Bearer " + Gateway.KEY);
    }

    private static ObjectNode recorded(String name) {
        var body = (ObjectNode) Wire.json(Wire.bytes("openai-responses/clients/" + name + ".json"))
                .path("body");
        return body.put("model", "m");
    }

    /** A call in the chunks of a Chat stream. */
    private static String calls(String name, String arguments) {
        return data(chunk(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"" + name
                        + "\",\"arguments\":\"" + arguments + "\"}}]}",
                "null"));
    }

    private static JsonNode doneItem(String stream) {
        assertThat(stream).contains("event: response.completed");
        return Wire.data(stream).stream()
                .map(Wire::json)
                .filter(event -> event.path("type").asText().equals("response.output_item.done"))
                .findFirst()
                .orElseThrow()
                .path("item");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openaiChat", "zhipu"})
    void namespacedToolsAreCalledAndForeignToolsAreReported(String kind) {
        upstream.now(Scripts.streams(List.of(
                calls("multi_agent_v1__close_agent", "{}"),
                data(chunk("{}", "\"tool_calls\"")),
                Scripts.usage(),
                data("[DONE]"))));
        var answer = call(kind, recorded("codex-1"));
        JsonNode item = doneItem(answer.body());
        assertThat(item.path("type").asText()).isEqualTo("function_call");
        assertThat(item.path("name").asText()).isEqualTo("close_agent");
        assertThat(item.path("namespace").asText()).isEqualTo("multi_agent_v1");
        assertThat(item.path("call_id").asText()).isEqualTo("call_1");
        String sent = upstream.journal().getFirst().body();
        assertThat(sent).contains("multi_agent_v1__close_agent", "exec_command");
        assertThat(sent).doesNotContain("\"namespace\"", "client_metadata");
        if (kind.equals("openaiChat")) {
            assertThat(answer.headers().firstValue("x-gateway-dropped")).contains("tools.web_search,client_metadata");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openaiChat", "zhipu"})
    void aToolOfFreeTextIsAFunctionThereAndItselfHere(String kind) {
        var body = recorded("codex-1");
        ((ArrayNode) body.path("tools"))
                .add(Wire.json("{\"type\":\"custom\",\"name\":\"apply_patch\",\"description\":\"d\",\"format\":"
                        + "{\"type\":\"grammar\",\"syntax\":\"lark\",\"definition\":\"start: X\"}}"));
        upstream.now(Scripts.streams(List.of(
                calls("apply_patch", "{\\\"input\\\":\\\"*** Begin\\\\n\\\"}"),
                data(chunk("{}", "\"tool_calls\"")),
                Scripts.usage(),
                data("[DONE]"))));
        JsonNode item = doneItem(call(kind, body).body());
        assertThat(item.path("type").asText()).isEqualTo("custom_tool_call");
        assertThat(item.path("input").asText()).isEqualTo("*** Begin\n");
        assertThat(upstream.journal().getFirst().body()).contains("start: X").doesNotContain("\"type\":\"custom\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openaiChat", "zhipu"})
    void theHistoryOfATurnIsSentOn(String kind) {
        upstream.now(Scripts.streams("Done."));
        var answer = call(kind, recorded("codex-2"));
        assertThat(answer.body()).contains("event: response.completed", "Done.");
        JsonNode sent = Wire.json(upstream.journal().getFirst().body());
        assertThat(sent.path("messages"))
                .extracting(message -> message.path("role").asText())
                .endsWith("user", "user", "assistant", "tool");
        assertThat(sent.at("/messages").findValuesAsText("tool_call_id")).containsExactly("call_c195649274ea4e8794dd");
    }
}
