package dev.serai.protocol.openairesponses;

import static dev.serai.protocol.openairesponses.ResponsesWire.PROTOCOL;
import static dev.serai.protocol.openairesponses.ResponsesWire.SURFACE;
import static dev.serai.protocol.openairesponses.ResponsesWire.TARGET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Finish;
import dev.serai.message.Finish.Reason;
import dev.serai.message.ProviderSignature;
import dev.serai.message.Refusal;
import dev.serai.message.SignatureKind;
import dev.serai.message.Usage;
import dev.serai.protocol.Reply;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import dev.serai.testkit.FakeHead;
import dev.serai.testkit.Metered;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResponsesPassthroughTest {

    private static final String PACKED =
            ProviderSignature.of("anthropic", SignatureKind.SIGNATURE, "sig").packed();

    private static UpstreamBody patched(String body, @Nullable String prompt, ObjectNode params, boolean strict) {
        var envelope = PROTOCOL.read(body.getBytes(UTF_8), FakeHead.NONE);
        var target = new Target("up", envelope.stream(), prompt, params, null, strict);
        return requireNonNull(SURFACE.passthrough(envelope, target));
    }

    private static String pass(String body) {
        return new String(patched(body, null, Json.object(), false).bytes(), UTF_8);
    }

    @Test
    void requestKeepsEveryByteButTheModel() {
        String body =
                "{ \"input\" : \"x\\u00e9 \\/ ü\", \"x\":{\"model\":\"m\"}, \"temperature\":1.0e0,\n\"model\" :\"a\","
                        + "\"top_p\":0.00010, \"stream\":true ,\"unknown\":[1 , 2],\"unknown\":9007199254740993123}";
        assertThat(pass(body)).isEqualTo(body.replace("\"a\"", "\"up\""));
    }

    @Test
    void operatorsPromptStandsInFrontOfTheInstructions() {
        assertThat(text(patched("{\"model\":\"a\",\"input\":\"x\"}", "Be \"kind\".", Json.object(), false)))
                .isEqualTo("{\"model\":\"up\",\"input\":\"x\",\"instructions\":\"Be \\\"kind\\\".\"}");
        assertThat(text(patched(
                        "{\"instructions\" : \"b\\u00e9\",\"model\":\"a\",\"input\":\"x\"}",
                        "P",
                        Json.object(),
                        false)))
                .isEqualTo("{\"instructions\" : \"P\\n\\nb\\u00e9\",\"model\":\"up\",\"input\":\"x\"}");
        assertThat(text(patched("{\"instructions\":null,\"model\":\"a\",\"input\":\"x\"}", "P", Json.object(), false)))
                .isEqualTo("{\"instructions\":\"P\",\"model\":\"up\",\"input\":\"x\"}");
    }

    @Test
    void customParametersAreSetLast() {
        ObjectNode params =
                Json.object().put("temperature", 0.2).put("stream", true).put("instructions", "mine");
        assertThat(text(patched("{\"temperature\":1.0,\"model\":\"a\",\"input\":\"x\"}", "P", params, false)))
                .isEqualTo("{\"temperature\":0.2,\"model\":\"up\",\"input\":\"x\",\"instructions\":\"mine\"}");
    }

    @Test
    void reasoningThatAnotherProtocolHasSealedIsTakenOut() {
        String sealed = "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"" + PACKED + "\"}";
        String own = "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":\"gAAA\"}";
        String user = "{\"role\":\"user\",\"content\":\"\\\"reasoning\\\"\"}";
        assertThat(input(sealed, user, own)).isEqualTo(join(user, own));
        assertThat(input(user, sealed, own)).isEqualTo(join(user, own));
        assertThat(input(user, own, sealed)).isEqualTo(join(user, own));
        assertThat(input(sealed, sealed, user)).isEqualTo(join(user));
        assertThat(input(user, sealed, sealed)).isEqualTo(join(user));
        assertThat(input(user, sealed, own, sealed, user)).isEqualTo(join(user, own, user));
        assertThat(input(sealed, sealed)).isEqualTo("[]");
        assertThatThrownBy(() -> patched("{\"model\":\"a\",\"input\":[" + sealed + "]}", null, Json.object(), true))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void emptyReasoningOfACallThatStoresNothingIsTakenOut() {
        String empty =
                "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"content\":null,\"encrypted_content\":null}";
        String full =
                "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"content\":[{\"type\":\"reasoning_text\",\"text\":\"t\"}]}";
        String user = "{\"role\":\"user\",\"content\":\"x\"}";
        String body = "{\"model\":\"up\",\"store\":false,\"input\":[" + String.join(" , ", user, empty, full) + "]}";
        assertThat(pass(body)).isEqualTo(body.replace(" , " + empty, ""));
        assertThat(patched(body, null, Json.object(), false).dropped()).containsExactly("messages.reasoning");
        String stored = body.replace("false", "true");
        assertThat(pass(stored)).isEqualTo(stored);
    }

    private static String join(String... items) {
        return "[" + String.join(" , ", items) + "]";
    }

    private static String input(String... items) {
        String patched = pass("{\"model\":\"a\",\"input\":" + join(items) + "}");
        return patched.substring("{\"model\":\"up\",\"input\":".length(), patched.length() - 1);
    }

    @Test
    void answerKeepsEveryByteButTheModel() {
        String body = "{\"id\":\"resp_1\", \"model\" : \"up\",\"status\":\"completed\",\"metadata\":{\"model\":\"up\"},"
                + "\"error\":null,\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"é\"}]},"
                + "{\"type\":\"function_call\",\"arguments\":\"{}\"}],\"usage\":{\"input_tokens\":3,\"output_tokens\":2}}";
        var answer = SURFACE.passthroughAnswer(body.getBytes(UTF_8), new Reply("r", "gw/a", false, false), TARGET);
        assertThat(answer.failure()).isNull();
        assertThat(new String(answer.body(), UTF_8))
                .isEqualTo(body.replace("\"model\" : \"up\"", "\"model\" : \"gw/a\""));
        assertThat(answer.usage()).isEqualTo(new Usage(3, 0, 0, 2, 0, false));
        assertThat(answer.finish()).isEqualTo(Finish.of(Reason.TOOL_CALLS, "completed"));
        assertThat(answer.outputTokens()).isEqualTo(Metered.tokens("é{}"));
    }

    private static String text(UpstreamBody body) {
        return new String(body.bytes(), UTF_8);
    }
}
