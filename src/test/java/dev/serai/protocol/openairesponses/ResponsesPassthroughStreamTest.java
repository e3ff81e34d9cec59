package dev.serai.protocol.openairesponses;

import static dev.serai.protocol.openairesponses.ResponsesWire.SURFACE;
import static dev.serai.protocol.openairesponses.ResponsesWire.TARGET;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Finish.Reason;
import dev.serai.message.Kind;
import dev.serai.message.Usage;
import dev.serai.protocol.PassthroughStream;
import dev.serai.protocol.Reply;
import dev.serai.protocol.openaichat.Schemas;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.stream.ByteSink;
import dev.serai.testkit.Metered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesPassthroughStreamTest {

    private static final Failure BROKEN =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.STREAM_BROKEN, "The upstream provider's answer broke off.");

    private static PassthroughStream tap() {
        return SURFACE.passthroughStream(new Reply("r", "gw/a", true, true), TARGET);
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + (members.isEmpty() ? "" : ",") + members
                + "}\n\n";
    }

    private static String created(int number) {
        return event(
                "response.created",
                "\"response\":{\"id\":\"resp_7\",\"created_at\":5,\"model\":\"up\",\"output\":[]},\"sequence_number\":"
                        + number);
    }

    @Test
    void streamPassesButForTheModel() {
        String stream = ResponsesWire.text("native/openai-responses.stream.txt");
        var tap = tap();
        var tapped = Wire.tap(tap, stream);
        assertThat(tapped.failure()).isNull();
        assertThat(tapped.out()).isEqualTo(stream.replace("\"gpt-up\"", "\"gw/a\""));
        assertThat(tap.complete()).isTrue();
        assertThat(tap.contentSeen()).isTrue();
        assertThat(tap.usage()).isEqualTo(new Usage(4017, 4004, 10, 9, 4, false));
        assertThat(tap.finish()).isEqualTo(Finish.of(Reason.TOOL_CALLS, "completed"));
        assertThat(tap.outputTokens()).isEqualTo(Metered.tokens("FirstSecondHello{\"a\":1}"));
        var out = new ByteSink(8);
        assertThat(tap.end(out)).isNull();
        assertThat(out.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "response.output_text.delta,true",
        "response.refusal.delta,true",
        "response.reasoning_summary_text.delta,true",
        "response.reasoning_text.delta,true",
        "response.function_call_arguments.delta,true",
        "response.custom_tool_call_input.delta,true",
        "response.something_new.delta,false",
        "keepalive,false"
    })
    void contentIsSeenInDeltas(String type, boolean content) {
        var tap = tap();
        Wire.tap(tap, event(type, "\"delta\":\"\""));
        assertThat(tap.contentSeen()).isFalse();
        Wire.tap(tap, event(type, "\"delta\":\"a\""));
        assertThat(tap.contentSeen()).isEqualTo(content);
    }

    @Test
    void callThatBeginsAndItemThatComesWholeAreContent() {
        var tap = tap();
        Wire.tap(tap, event("response.output_item.added", "\"item\":{\"type\":\"message\",\"content\":[]}"));
        Wire.tap(tap, event("response.output_item.added", "\"item\":{\"type\":\"reasoning\",\"summary\":[]}"));
        assertThat(tap.contentSeen()).isFalse();
        Wire.tap(tap, event("response.output_item.added", "\"item\":{\"type\":\"function_call\",\"name\":\"f\"}"));
        assertThat(tap.contentSeen()).isTrue();
        var other = tap();
        Wire.tap(other, event("response.output_item.done", "\"item\":{\"type\":\"web_search_call\"}"));
        assertThat(other.contentSeen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: error\ndata: {\"type\":\"error\",\"message\":\"boom\"}\n\n",
                "event: error\ndata: {\"message\":\"boom\"}\n\n",
                "data: {\"error\":{\"message\":\"boom\"}}\n\n",
                "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{\"error\":{\"message\":\"boom\"}}}\n\n",
                "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{\"error\":null}}\n\n",
                "data: not json\n\n",
                "data: {\"type\":\n\n",
                "data: {} tail\n\n",
                "data: [1]\n\n",
                "data: [DONE]\n\n"
            })
    void brokenEventIsAFailureAndNotShown(String event) {
        var tapped = Wire.tap(tap(), event);
        assertThat(tapped.out()).isEmpty();
        assertThat(requireNonNull(tapped.failure()).type()).isEqualTo(FailureClass.STREAM_BROKEN);
        assertThat(tapped.failure().message()).doesNotContain("boom");
    }

    @Test
    void codeOfAFailedResponseTellsTheClassAndItsUsageCounts() {
        var tap = tap();
        var tapped = Wire.tap(
                tap,
                event(
                        "response.failed",
                        "\"response\":{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"m\"},"
                                + "\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}"));
        assertThat(requireNonNull(tapped.failure()).type()).isEqualTo(FailureClass.RATE);
        assertThat(tap.usage()).isEqualTo(new Usage(3, 0, 0, 1, 0, false));
    }

    @Test
    void failureAfterTheBeginningIsAFailedResponse() {
        var tap = tap();
        var out = new ByteSink(64);
        Wire.tap(tap, created(0) + event("response.output_text.delta", "\"delta\":\"a\",\"sequence_number\":8"));
        assertThat(tap.end(out)).isNotNull();
        tap.fail(BROKEN, out);
        JsonNode failed = ResponsesWire.data(out.toString()).getFirst();
        assertThat(out.toString()).startsWith("event: response.failed\n");
        assertThat(failed.path("sequence_number").asInt()).isEqualTo(9);
        assertThat(failed.at("/response/id").asText()).isEqualTo("resp_7");
        assertThat(failed.at("/response/created_at").asInt()).isEqualTo(5);
        assertThat(failed.at("/response/status").asText()).isEqualTo("failed");
        assertThat(failed.at("/response/model").asText()).isEqualTo("gw/a");
        assertThat(Schemas.openAiResponses("ResponseFailedEvent", failed)).isEmpty();
    }

    @Test
    void failureBeforeTheBeginningIsAnErrorEvent() {
        var out = new ByteSink(64);
        tap().fail(BROKEN, out);
        assertThat(out.toString()).startsWith("event: error\ndata: {\"type\":\"error\",\"sequence_number\":0,");
    }

    @Test
    void incompleteIsAnEndAndNothingFollowsIt() {
        var tap = tap();
        String end = event(
                "response.incomplete", "\"response\":{\"incomplete_details\":{\"reason\":\"max_output_tokens\"}}");
        var tapped = Wire.tap(tap, created(0) + end + event("response.output_text.delta", "\"delta\":\"late\""));
        assertThat(tapped.out()).endsWith(end).doesNotContain("late");
        assertThat(tap.finish()).isEqualTo(Finish.of(Reason.LENGTH, "max_output_tokens"));
    }

    @Test
    void answerThatIsOnlyInItsLastEventIsContent() {
        var tap = tap();
        Wire.tap(
                tap,
                event(
                        "response.completed",
                        "\"response\":{\"output\":[{\"type\":\"message\",\"content\":[{\"text\":\"hi\"}]}]}"));
        assertThat(tap.contentSeen()).isTrue();
        assertThat(tap.outputTokens()).isEqualTo(1);
    }
}
