package dev.serai.protocol.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.ProviderSignature;
import dev.serai.message.SignatureKind;
import dev.serai.message.Usage;
import dev.serai.protocol.PassthroughStream;
import dev.serai.protocol.Reply;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.stream.ByteSink;
import dev.serai.testkit.Metered;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiPassthroughTest {

    private static final String HI = "\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]";
    private static final Reply EVENTS = new Reply("r", "gw/a", true, true);
    private static final Reply ARRAY = new Reply("r", "gw/a", true, true, Map.of("framing", "array"), Map.of());

    @Test
    void requestKeepsEveryByte() {
        String client = new String(Wire.bytes("gemini/passthrough/client.request.json"), UTF_8);
        assertThat(pass(client, null, Json.object())).isEqualTo(client);
        assertThat(pass("{\"model\":\"models/gw/a\"," + HI + "}", null, Json.object()))
                .isEqualTo("{" + HI + "}");
    }

    @Test
    void answerKeepsEveryByteButTheModel() {
        byte[] upstream = Wire.bytes("gemini/passthrough/upstream.response.json");
        var answer = GeminiWire.SURFACE.passthroughAnswer(
                upstream, new Reply("r", "gw/alias-a", false, false), GeminiWire.target("m"));
        assertThat(answer.body()).isEqualTo(Wire.bytes("gemini/passthrough/client.response.json"));
        assertThat(answer.failure()).isNull();
        assertThat(answer.usage()).isEqualTo(new Usage(3, 0, 0, 1, 0, false));
        assertThat(answer.finish()).isEqualTo(Finish.of(Finish.Reason.STOP, "STOP"));
        assertThat(answer.outputTokens()).isEqualTo(Metered.tokens("Hi, modelVersion: \"m\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{%s}|{%s,\"systemInstruction\":{\"parts\":[{\"text\":\"Be \\\"kind\\\".\"}]}}",
                "{\"system_instruction\" : {\"parts\":[ {\"text\":\"x\\u00e9\"}]},%s}|{\"system_instruction\" : {\"parts\":[{\"text\":\"Be \\\"kind\\\".\"}, {\"text\":\"x\\u00e9\"}]},%s}",
                "{\"systemInstruction\":{\"parts\":[]},%s}|{\"systemInstruction\":{\"parts\":[{\"text\":\"Be \\\"kind\\\".\"}]},%s}",
                "{\"systemInstruction\":\"x\\u00e9\",%s}|{\"systemInstruction\":{\"parts\":[{\"text\":\"Be \\\"kind\\\".\"},{\"text\":\"x\\u00e9\"}]},%s}",
                "{\"systemInstruction\":{\"text\":\"x\"},%s}|{\"systemInstruction\":{\"parts\":[{\"text\":\"Be \\\"kind\\\".\"},{\"text\":\"x\"}]},%s}"
            })
    void operatorsPromptIsSplicedInFront(String client, String upstream) {
        assertThat(pass(client.replace("%s", HI), "Be \"kind\".", Json.object()))
                .isEqualTo(upstream.replace("%s", HI));
    }

    @Test
    void aBareSystemInstructionIsMadeTheContentThatGeminiWants() {
        assertThat(pass("{\"systemInstruction\":\"x\"," + HI + "}", null, Json.object()))
                .isEqualTo("{\"systemInstruction\":{\"parts\":[{\"text\":\"x\"}]}," + HI + "}");
    }

    @Test
    void customParametersAreSetLastAndLeaveWhatStandsBeside() {
        ObjectNode params = Json.object().put("stream", true);
        params.putObject("generationConfig").put("maxOutputTokens", 9).put("topK", 1);
        params.putArray("safetySettings");
        assertThat(pass(
                        "{\"generation_config\":{\"temperature\":1.0,\"max_output_tokens\":\"5\"}," + HI + "}",
                        null,
                        params))
                .isEqualTo("{\"generation_config\":{\"temperature\":1.0,\"max_output_tokens\":9,\"topK\":1}," + HI
                        + ",\"safetySettings\":[]}");
    }

    @Test
    void whatGeminiWouldRefuseIsTranslated() {
        String packed =
                ProviderSignature.of("anthropic", SignatureKind.SIGNATURE, "s").packed();
        assertThat(patch("{\"contents\":{\"parts\":[{\"text\":\"hi\"}]}}", null, Json.object()))
                .isNull();
        assertThat(patch(
                        "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"text\":\"x\",\"thoughtSignature\":\"" + packed
                                + "\"}]}]}",
                        null,
                        Json.object()))
                .isNull();
        assertThat(patch("{" + HI + ",\"cachedContent\":\"cachedContents/1\"}", "P", Json.object()))
                .isNull();
        assertThat(patch("{" + HI + ",\"cachedContent\":\"cachedContents/1\"}", null, Json.object()))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"code\":500,\"message\":\"boom\"}}",
                "{\"candidates\":[]}",
                "{}",
                "[]",
                "<html>",
                ""
            })
    void answerThatIsNoneIsAFailure(String body) {
        var answer = GeminiWire.SURFACE.passthroughAnswer(body.getBytes(UTF_8), EVENTS, GeminiWire.target("m"));
        assertThat(Objects.requireNonNull(answer.failure()).type()).isEqualTo(FailureClass.UPSTREAM);
    }

    @Test
    void anAnswerThatFailedItselfIsEmptyUnlessItSaysSomething() {
        String failed =
                "{\"candidates\":[{\"content\":{\"parts\":[%s]},\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]}";
        var empty = GeminiWire.SURFACE.passthroughAnswer(
                failed.formatted("").getBytes(UTF_8), EVENTS, GeminiWire.target("m"));
        assertThat(Objects.requireNonNull(empty.failure()).type()).isEqualTo(FailureClass.EMPTY);
        var said = GeminiWire.SURFACE.passthroughAnswer(
                failed.formatted("{\"text\":\"x\"}").getBytes(UTF_8), EVENTS, GeminiWire.target("m"));
        assertThat(said.failure()).isNull();
    }

    @Test
    void blockedPromptsPass() {
        String stream = stream("gemini-blocked.stream.txt");
        var tap = tap(EVENTS);
        assertThat(Wire.tap(tap, stream).out()).isEqualTo(stream.replace("gemini-3.1-pro-preview", "gw/a"));
        assertThat(tap.contentSeen()).isFalse();
        assertThat(tap.end(new ByteSink(8))).isNull();
        assertThat(Objects.requireNonNull(tap.finish()).reason()).isEqualTo(Finish.Reason.CONTENT_FILTER);
    }

    @Test
    void streamIsReadOnTheWay() {
        String stream = stream("gemini.stream.txt");
        var tap = tap(EVENTS);
        assertThat(Wire.tap(tap, stream).out()).isEqualTo(stream.replace("gemini-3.1-pro-preview", "gw/a"));
        assertThat(tap.complete()).isFalse();
        assertThat(tap.end(new ByteSink(8))).isNull();
        assertThat(tap.complete()).isTrue();
        assertThat(tap.finish()).isEqualTo(Finish.of(Finish.Reason.TOOL_CALLS, "STOP"));
        assertThat(tap.usage()).isEqualTo(new Usage(12, 0, 0, 82, 60, false));
        assertThat(tap.outputTokens())
                .isEqualTo(Metered.tokens("**Plan**\nget_weather{\"city\":\"Oslo\"}get_weather{\"city\":\"Rome\"}"));
    }

    @Test
    void anArrayHoldsTheDataOfTheEvents() {
        String stream = stream("gemini.stream.txt");
        var tap = tap(ARRAY);
        var out = new ByteSink(64);
        out.utf8(Wire.tap(tap, stream).out());
        assertThat(tap.end(out)).isNull();
        var elements = new java.util.ArrayList<com.fasterxml.jackson.databind.JsonNode>();
        Wire.json(out.toString()).forEach(elements::add);
        assertThat(elements)
                .isEqualTo(Wire.data(stream.replace("gemini-3.1-pro-preview", "gw/a")).stream()
                        .map(Wire::json)
                        .toList());
    }

    @Test
    void anArrayThatFailsEndsWithTheError() {
        var tap = tap(ARRAY);
        var out = new ByteSink(64);
        out.utf8(Wire.tap(tap, chunk("{\"text\":\"a\"}", "")).out());
        var failure = Objects.requireNonNull(tap.end(out));
        assertThat(failure.type()).isEqualTo(FailureClass.STREAM_BROKEN);
        tap.fail(failure, out);
        var array = Wire.json(out.toString());
        assertThat(array).hasSize(2);
        assertThat(array.at("/1/error/status").asText()).isEqualTo("INTERNAL");
        assertThat(out.toString()).doesNotContain("finishReason");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: message\ndata: %s\n\n",
                "id: 7\ndata: %s\n\n",
                ": hi\ndata: %s\n\n",
                "data: %s\r\n\r\n",
                "data:%s\n\n"
            })
    void onlyTheDataLineReachesGooglesClients(String event) {
        String data = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}";
        String out = Wire.tap(tap(EVENTS), event.replace("%s", data)).out();
        assertThat(out).startsWith("data:").doesNotContain("event:", "id:", ": hi");
        assertThat(Wire.data(out)).containsExactly(data);
    }

    @Test
    void aForeignSentinelIsNotPassedOn() {
        var tap = tap(EVENTS);
        String chunk = chunk("{\"text\":\"a\"}", ",\"finishReason\":\"STOP\"");
        assertThat(Wire.tap(tap, chunk + "data: [DONE]\n\n").out()).isEqualTo(chunk);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"a\"}",
                "{\"text\":\"a\",\"thought\":true}",
                "{\"functionCall\":{\"name\":\"f\"}}",
                "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}}"
            })
    void contentIsSeen(String part) {
        var tap = tap(EVENTS);
        assertThat(Wire.tap(tap, chunk(part, "")).failure()).isNull();
        assertThat(tap.contentSeen()).isTrue();
    }

    @Test
    void emptyTextsAndUsageAreNoContent() {
        var tap = tap(EVENTS);
        Wire.tap(tap, chunk("{\"text\":\"\"}", ""));
        Wire.tap(tap, "data: {\"usageMetadata\":{\"promptTokenCount\":3}}\n\n");
        Wire.tap(tap, "data: {\"candidates\":[{}],\"error\":null}\n\n");
        assertThat(tap.contentSeen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: not json\n\n",
                "data: {\"candidates\":[\n\n",
                "data: {\"candidates\":[]} tail\n\n",
                "data: [1]\n\n"
            })
    void brokenEventIsAFailureAndNotShown(String event) {
        var tapped = Wire.tap(tap(EVENTS), event);
        assertThat(tapped.out()).isEmpty();
        assertThat(Objects.requireNonNull(tapped.failure()).type()).isEqualTo(FailureClass.STREAM_BROKEN);
    }

    @Test
    void anErrorInsideTheStreamIsToldByItsProvider() {
        var tapped = Wire.tap(tap(EVENTS), "data: {\"error\":{\"code\":429,\"message\":\"boom\"}}\n\n");
        assertThat(tapped.out()).isEmpty();
        assertThat(Objects.requireNonNull(tapped.failure()).message()).doesNotContain("boom");
    }

    @Test
    void everyCandidateMustFinish() {
        var tap = tap(EVENTS);
        Wire.tap(
                tap,
                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}},{\"index\":1,\"finishReason\":\"STOP\"}]}\n\n");
        assertThat(tap.mayBreakOff()).isFalse();
        assertThat(tap.end(new ByteSink(8))).isNotNull();
        Wire.tap(tap, chunk("", ",\"finishReason\":\"MAX_TOKENS\""));
        assertThat(tap.mayBreakOff()).isTrue();
        assertThat(Objects.requireNonNull(tap.finish()).reason()).isEqualTo(Finish.Reason.LENGTH);
    }

    @Test
    void aFinishThatIsAFailurePassesBehindContentOnly() {
        String finish = chunk("", ",\"finishReason\":\"MALFORMED_FUNCTION_CALL\"");
        assertThat(Objects.requireNonNull(Wire.tap(tap(EVENTS), finish).failure())
                        .type())
                .isEqualTo(FailureClass.EMPTY);
        var tap = tap(EVENTS);
        assertThat(Wire.tap(tap, chunk("{\"text\":\"a\"}", "") + finish).failure())
                .isNull();
        assertThat(tap.mayBreakOff()).isTrue();
    }

    private static String chunk(String part, String more) {
        return "data: {\"candidates\":[{\"content\":{\"parts\":[" + part + "]}" + more + "}]}\n\n";
    }

    private static PassthroughStream tap(Reply reply) {
        return GeminiWire.SURFACE.passthroughStream(reply, GeminiWire.target("m"));
    }

    private static String stream(String name) {
        return new String(Wire.bytes("gemini/native/" + name), UTF_8);
    }

    private static String pass(String body, @Nullable String prompt, ObjectNode params) {
        var passed = Objects.requireNonNull(patch(body, prompt, params));
        assertThat(passed.dropped()).isEmpty();
        return new String(passed.bytes(), UTF_8);
    }

    private static @Nullable UpstreamBody patch(String body, @Nullable String prompt, ObjectNode params) {
        return GeminiWire.SURFACE.passthrough(
                GeminiWire.read(body), new Target("up", false, prompt, params, null, false));
    }
}
