package dev.serai.provider.zaiweb;

import static dev.serai.provider.zaiweb.Frames.decode;
import static dev.serai.provider.zaiweb.Frames.example;
import static dev.serai.provider.zaiweb.Frames.frame;
import static dev.serai.provider.zaiweb.Frames.shape;
import static dev.serai.provider.zaiweb.Frames.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.message.ChatEvent;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Part;
import dev.serai.message.Usage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZaiStreamDecoderTest {

    private static final String END = frame("'phase':'done','done':true");

    @Test
    void theBlockOfThinkingIsReasoningAndTheRestTheAnswer() {
        var events = decode(example("thinking"), shape(false), false);
        assertThat(Frames.reasoning(events)).isEqualTo("Add the numbers.\n2 + 2 = 4.");
        assertThat(texts(events)).containsExactly("The answer", " is 4", ". 好");
        assertThat(events)
                .endsWith(
                        new ChatEvent.UsageReport(new Usage(12, 0, 0, 34, 0, false)),
                        new ChatEvent.Finished(Finish.of(Finish.Reason.STOP)));
    }

    @Test
    void whatWasSentAndThenCorrectedIsSentAgainFromTheFirstDifference() {
        var events = decode(example("corrected"), shape(false), false);
        assertThat(texts(events)).containsExactly("Héllo ", "wrld", "orld", " 🌍!");
        assertThat(events).contains(new ChatEvent.UsageReport(new Usage(5, 0, 0, 4, 0, false)));
    }

    @Test
    void aWholeAnswerIsTheDocumentAsItStoodAtItsEnd() {
        assertThat(texts(decode(example("corrected"), shape(false), true))).containsExactly("Héllo world 🌍!");
        var thinking = decode(example("thinking"), shape(false), true);
        assertThat(Frames.assembled(thinking).response().parts()).hasSize(2);
        assertThat(texts(thinking)).containsExactly("The answer is 4. 好");
    }

    @Test
    void aToolBlockOfTheServiceIsAParagraphBreak() {
        for (boolean whole : new boolean[] {false, true}) {
            var events = decode(example("tool-block"), shape(false), whole);
            assertThat(String.join("", texts(events))).isEqualTo("Let me look that up.\n\nIt is sunny.");
            assertThat(events).noneMatch(ChatEvent.ToolCallStart.class::isInstance);
        }
    }

    @Test
    void aBlockOfTheCallersOwnToolIsACall() {
        var events = decode(example("tool-block"), shape(false, "search"), false);
        var parts = Frames.assembled(events).response().parts();
        assertThat(parts.getLast()).isInstanceOf(Part.ToolCall.class);
        var call = (Part.ToolCall) parts.getLast();
        assertThat(call.id()).isEqualTo("call_synth1");
        assertThat(call.name()).isEqualTo("search");
        assertThat(call.arguments()).isEqualTo("{\"query\":\"Beijing\"}");
        assertThat(events.getLast()).isEqualTo(new ChatEvent.Finished(Finish.of(Finish.Reason.TOOL_CALLS)));
    }

    @Test
    void anErrorAfterContentEndsTheStream() {
        var events = decode(example("late-error"), shape(false), false);
        assertThat(texts(events)).containsExactly("Partial");
        assertThat(events.getLast()).isInstanceOf(ChatEvent.Failed.class);
        assertThat(((ChatEvent.Failed) events.getLast()).failure().type()).isEqualTo(FailureClass.RATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"thinking", "corrected", "tool-block", "late-error"})
    void anyChunkingOfTheSameBytesGivesTheSameEvents(String name) {
        var once = decode(example(name), shape(false), false);
        assertThat(decode(byteByByte(example(name)), shape(false), false)).isEqualTo(once);
        assertThat(decode(example(name).replace("\n", "\r\n"), shape(false), false))
                .isEqualTo(once);
    }

    @Test
    void thinkTagsStandInTheTextWhereTheyAreAskedFor() {
        for (boolean whole : new boolean[] {false, true}) {
            var events = decode(example("thinking"), shape(true), whole);
            assertThat(String.join("", texts(events)))
                    .isEqualTo("<think>Add the numbers.\n2 + 2 = 4.</think>The answer is 4. 好");
            assertThat(Frames.reasoning(events)).isEmpty();
        }
    }

    @Test
    void anEditInsideTheOpeningTagRewritesNothingThatWasSent() {
        var events = decode(
                frame("'phase':'thinking','delta_content':'<details type=\\'reasoning\\' done=\\'false\\'>\\n> Hm.'")
                        + frame(
                                "'phase':'answer','edit_index':26,'edit_content':'done=\\'true\\'>\\n> Hm.\\n</details>\\nYes'")
                        + END,
                shape(false),
                false);
        assertThat(Frames.reasoning(events)).isEqualTo("Hm.");
        assertThat(texts(events)).containsExactly("Yes");
    }

    @Test
    void ofALongRewriteOnlyWhatLiesBeyondIsSent() {
        var first = "a".repeat(40);
        var events = decode(
                frame("'phase':'answer','delta_content':'" + first + "'")
                        + frame("'edit_index':0,'edit_content':'" + "b".repeat(43) + "'")
                        + END,
                shape(false),
                false);
        assertThat(texts(events)).containsExactly(first, "bbb");
    }

    @Test
    void thinkingWithoutABlockIsReasoningToo() {
        var events = decode(
                frame("'phase':'thinking','delta_content':'Let me see.'")
                        + frame("'phase':'answer','delta_content':'Yes.'")
                        + END,
                shape(false),
                false);
        assertThat(Frames.reasoning(events)).isEqualTo("Let me see.");
        assertThat(texts(events)).containsExactly("Yes.");
    }

    @Test
    void whatMayBecomeATagIsHeldBackAndIsTextAtTheEnd() {
        var events = decode(
                frame("'phase':'answer','delta_content':'a <det'") + frame("'delta_content':'our> b <glm'") + END,
                shape(false),
                false);
        assertThat(texts(events)).containsExactly("a ", "<detour> b ", "<glm");
    }

    @Test
    void lineBreaksAtBothEndsAreNoText() {
        var events = decode(
                frame("'phase':'answer','delta_content':'\\n\\nHi\\n'") + frame("'delta_content':'\\nyou\\n\\n'") + END,
                shape(false),
                false);
        assertThat(texts(events)).containsExactly("Hi", "\n\nyou");
    }

    @Test
    void framesOfOtherTypesAreNothing() {
        var events = decode(
                "data: {\"type\":\"status\",\"data\":{\"delta_content\":\"no\"}}\n\n"
                        + "data: {\"type\":\"conn:heartbeat\"}\n\n"
                        + frame("'phase':'answer','delta_content':'yes'") + END,
                shape(false),
                false);
        assertThat(texts(events)).containsExactly("yes");
    }

    @Test
    void aStreamThatEndsWithoutAnEndIsBroken() {
        var events = decode(frame("'phase':'answer','delta_content':'half'"), shape(false), false);
        assertThat(events.getLast()).isInstanceOf(ChatEvent.Failed.class);
    }

    @Test
    void theSentinelAloneEndsAnAnswer() {
        var events = decode(frame("'phase':'answer','delta_content':'all'") + "data: [DONE]\n\n", shape(false), false);
        assertThat(events.getLast()).isInstanceOf(ChatEvent.Finished.class);
    }

    @ParameterizedTest
    @CsvSource({"stop, STOP", "length, LENGTH", "content_filter, CONTENT_FILTER", "sensitive, OTHER", "tool_calls, STOP"
    })
    void aReasonInOpenAisFormIsKeptAndUsageMayFollowIt(String word, Finish.Reason reason) {
        var chunks = chunk("'delta':{'content':'cut'},'finish_reason':null")
                + chunk("'delta':{},'finish_reason':'" + word + "'")
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n";
        for (var end : List.of("data: [DONE]\n\n", "")) {
            var events = decode(chunks + end, shape(false), false);
            assertThat(texts(events)).containsExactly("cut");
            assertThat(events)
                    .endsWith(
                            new ChatEvent.UsageReport(new Usage(3, 0, 0, 2, 0, false)),
                            new ChatEvent.Finished(Finish.of(reason, word)));
        }
    }

    @Test
    void aStreamInOpenAisFormWithoutAReasonIsBroken() {
        var events = decode(chunk("'delta':{'content':'half'},'finish_reason':''"), shape(false), false);
        assertThat(events.getLast()).isInstanceOf(ChatEvent.Failed.class);
    }

    @Test
    void aCallWhoseLaterPiecesNameNothingIsNotLost() {
        var events = decode(
                chunk("'delta':{'tool_calls':[{'index':0,'id':'c9','function':{'name':'search','arguments':'{'}}]}")
                        + chunk("'delta':{'tool_calls':[{'index':0,'id':'','function':{'name':'','arguments':'}'}}]}")
                        + chunk("'delta':{'tool_calls':[{'index':0,'id':null,'function':{'name':null}}]},"
                                + "'finish_reason':'tool_calls'")
                        + "data: [DONE]\n\n",
                shape(false, "search"),
                false);
        var call = (Part.ToolCall) Frames.assembled(events).response().parts().getLast();
        assertThat(call.id()).isEqualTo("c9");
        assertThat(call.name()).isEqualTo("search");
        assertThat(call.arguments()).isEqualTo("{}");
        assertThat(events.getLast())
                .isEqualTo(new ChatEvent.Finished(Finish.of(Finish.Reason.TOOL_CALLS, "tool_calls")));
    }

    private static String chunk(String choice) {
        return "data: {\"choices\":[{" + choice.replace('\'', '"') + "}]}\n\n";
    }

    @Test
    void partsAreNumberedInTheirOrder() {
        var indexes = decode(example("thinking"), shape(false), false).stream()
                .map(ZaiStreamDecoderTest::index)
                .filter(index -> index >= 0)
                .distinct()
                .toList();
        assertThat(indexes).isEqualTo(List.of(0, 1));
    }

    private static int index(ChatEvent event) {
        return event instanceof ChatEvent.TextDelta text
                ? text.index()
                : event instanceof ChatEvent.ReasoningDelta reasoning ? reasoning.index() : -1;
    }

    private static InputStream byteByByte(String stream) {
        return new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] buffer, int from, int length) {
                return super.read(buffer, from, Math.min(length, 1));
            }
        };
    }
}
