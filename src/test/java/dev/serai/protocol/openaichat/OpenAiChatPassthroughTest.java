package dev.serai.protocol.openaichat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Usage;
import dev.serai.protocol.Reply;
import dev.serai.protocol.Target;
import dev.serai.testkit.FakeHead;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiChatPassthroughTest {

    private static final OpenAiChatSurface SURFACE = new OpenAiChatSurface();
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Test
    void requestKeepsEveryByteButTheModel() {
        String upstream = new String(Wire.bytes("openai-chat/passthrough/openai-chat.upstream.request.json"), UTF_8);
        String client = new String(Wire.bytes("openai-chat/passthrough/openai-chat.client.request.json"), UTF_8);
        assertThat(pass(client, "glm-5.2", null, Json.object())).isEqualTo(upstream);
    }

    @Test
    void answerKeepsEveryByteButTheModel() {
        byte[] upstream = Wire.bytes("openai-chat/passthrough/openai-chat.upstream.response.json");
        byte[] client = Wire.bytes("openai-chat/passthrough/openai-chat.client.response.json");
        var answer = SURFACE.passthroughAnswer(upstream, new Reply("r", "gw/alias-a", false, false), Wire.TARGET);
        assertThat(answer.body()).isEqualTo(client);
        assertThat(answer.failure()).isNull();
        assertThat(answer.usage()).isEqualTo(new Usage(3, 0, 0, 1, 0, false));
        assertThat(answer.finish()).isEqualTo(Finish.of(Finish.Reason.STOP, "stop"));
        assertThat(answer.outputTokens()).isEqualTo(1);
    }

    @Test
    void streamIsAskedForUsageOnceAndOnlyWhenMissing() {
        assertThat(pass("{\"model\":\"a\"," + HI + ",\"stream\":true}"))
                .isEqualTo("{\"model\":\"up\"," + HI + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        assertThat(pass("{\"model\":\"a\"," + HI + ",\"stream\":true,\"stream_options\":{ }}"))
                .isEqualTo(
                        "{\"model\":\"up\"," + HI + ",\"stream\":true,\"stream_options\":{\"include_usage\":true }}");
        assertThat(pass("{\"model\":\"a\"," + HI
                        + ",\"stream\":true,\"stream_options\":{\"include_usage\":false,\"x\":1}}"))
                .contains("{\"include_usage\":true,\"x\":1}");
        assertThat(pass("{\"model\":\"a\"," + HI + ",\"stream\":true,\"stream_options\":null}"))
                .contains("\"stream_options\":{\"include_usage\":true}");
        String asked = "{\"model\":\"a\"," + HI + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";
        assertThat(pass(asked)).isEqualTo(asked.replace("\"a\"", "\"up\""));
    }

    @Test
    void operatorsPromptIsSplicedInFront() {
        assertThat(pass("{\"model\":\"a\"," + HI + "}", "up", "Be \"kind\".", Json.object()))
                .isEqualTo("{\"model\":\"up\",\"messages\":[{\"role\":\"system\",\"content\":\"Be \\\"kind\\\".\"},"
                        + "{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(pass(
                        "{\"model\":\"a\",\"messages\":[ {\"content\" : \"x\\u00e9\",\"role\":\"system\"}]}",
                        "up",
                        "P",
                        Json.object()))
                .isEqualTo(
                        "{\"model\":\"up\",\"messages\":[ {\"content\" : \"P\\n\\nx\\u00e9\",\"role\":\"system\"}]}");
        assertThat(pass(
                        "{\"model\":\"a\",\"messages\":[{\"role\":\"developer\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}]}",
                        "up",
                        "P",
                        Json.object()))
                .contains("[{\"type\":\"text\",\"text\":\"P\\n\\n\"},{\"type\":\"text\",\"text\":\"x\"}]");
    }

    @Test
    void customParametersAreSetLast() {
        ObjectNode params = Json.object().put("temperature", 0.2).put("stream", true);
        params.putObject("stream_options").put("x", 1);
        assertThat(pass("{\"temperature\":1.0,\"model\":\"a\"," + HI + "}", "up", null, params))
                .isEqualTo("{\"temperature\":0.2,\"model\":\"up\"," + HI + ",\"stream_options\":{\"x\":1}}");
    }

    @Test
    void customMessagesReplaceThePrompt() {
        ObjectNode params = Json.object();
        params.putArray("messages");
        assertThat(pass("{\"model\":\"a\"," + HI + "}", "up", "P", params))
                .isEqualTo("{\"model\":\"up\",\"messages\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"boom\"}}",
                "{\"error\":\"boom\"}",
                "{\"choices\":[]}",
                "{}",
                "[]",
                "<html>",
                "",
                "{\"choices\":[{\"finish_reason\":\"error\",\"message\":{}}]}"
            })
    void answerThatIsNoneIsAFailure(String body) {
        var answer = SURFACE.passthroughAnswer(body.getBytes(UTF_8), Wire.REPLY, Wire.TARGET);
        assertThat(Objects.requireNonNull(answer.failure()).type()).isEqualTo(FailureClass.UPSTREAM);
    }

    private static String pass(String body) {
        return pass(body, "up", null, Json.object());
    }

    private static String pass(String body, String model, @Nullable String prompt, ObjectNode params) {
        var envelope = Wire.PROTOCOL.read(body.getBytes(UTF_8), FakeHead.NONE);
        var target = new Target(model, envelope.stream(), prompt, params, null, false);
        var passed = Objects.requireNonNull(SURFACE.passthrough(envelope, target));
        assertThat(passed.dropped()).isEmpty();
        return new String(passed.bytes(), UTF_8);
    }
}
