package dev.serai.provider.chatglmweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallScanTest {

    private static final String CALL = "{\"tool_calls\":[{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}]}";

    private final StringBuilder text = new StringBuilder();
    private final List<WrittenCall> calls = new ArrayList<>();
    private final CallScan scan = new CallScan(Set.of("weather", "run"), text::append, calls::add);

    private static WrittenCall paris() {
        return new WrittenCall("weather", "{\"city\":\"Paris\"}");
    }

    /** In pieces of one character, and as a whole. */
    private void say(String said) {
        said.chars().forEach(c -> scan.accept(String.valueOf((char) c)));
        scan.end();
        var again = new StringBuilder();
        var calledAgain = new ArrayList<WrittenCall>();
        var other = new CallScan(Set.of("weather", "run"), again::append, calledAgain::add);
        other.accept(said);
        other.end();
        assertThat(again.toString()).isEqualTo(text.toString());
        assertThat(calledAgain).isEqualTo(calls);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CALL,
                "  " + CALL + "\n",
                "```json\n" + CALL + "\n```",
                "```\n" + CALL + "\n```\n",
                "<tool_call>{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}</tool_call>",
                "{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}",
                "{\"tool_calls\":[{\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Paris\\\"}\"}}]}",
                "{\"tool_calls\": [{\"name\": \"weather\", \"arguments\": {\"city\": \"Paris\"},}]}",
                "{\"tool_calls\":[{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}]",
                "{\"tool_calls\":[{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}",
            })
    void aCallIsFoundInEveryDress(String said) {
        say(said);
        assertThat(calls).containsExactly(paris());
        assertThat(text.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "{\"a\":1}",
                "{ is a brace",
                "{\"tool\":\"weather\"}",
                "{\"tool_calls\":[]}",
                "{\"tool_calls\":\"none\"}",
                "{\"tool_calls\":[{\"name\":\"unknown\",\"arguments\":{}}]}",
                "{\"name\":\"Anna\",\"arguments\":{}}",
                "{\"name\":\"weather",
                "{\"tool_calls\":[{\"name\":\"weather\",\"arguments\":{\"city\":\"Par",
                "```json\n{\"a\":1}\n```\nThat was it.",
                "```java\nint x = 1;\n```",
                "`code` and ``more``",
                "<b>bold</b>",
                "<tool_call> is how models call",
                "Call it so: " + CALL,
                "  indented\n\n  text  \n",
                "[1,2]",
            })
    void whatIsNoCallIsTextToTheLastCharacter(String said) {
        say(said);
        assertThat(calls).isEmpty();
        assertThat(text.toString()).isEqualTo(said);
    }

    @Test
    void textBeforeAndBetweenCallsStays() {
        say("I look it up.\n\n" + CALL + "\n{\"name\":\"run\",\"arguments\":{}}\nDone.");
        assertThat(text.toString().strip()).isEqualTo("I look it up.\nDone.");
        assertThat(calls).containsExactly(paris(), new WrittenCall("run", "{}"));
    }

    @Test
    void textGoesOnAsSoonAsItCannotBeACall() {
        scan.accept("{\"to");
        assertThat(text.toString()).isEmpty();
        scan.accept("tal\":3");
        assertThat(text.toString()).isEqualTo("{\"total\":3");
        scan.accept("}\nand more");
        assertThat(text.toString()).isEqualTo("{\"total\":3}\nand more");
    }

    @Test
    void lineBreaksInsideOfArgumentsNeedNoEscape() {
        say("{\"tool_calls\":[{\"name\":\"run\",\"arguments\":{\"script\":\"a\nb\"}}]}");
        assertThat(calls).containsExactly(new WrittenCall("run", "{\"script\":\"a\\nb\"}"));
    }

    @Test
    void bracesInsideOfStringsEndNothing() {
        say("{\"tool_calls\":[{\"name\":\"run\",\"arguments\":{\"script\":\"}]}\\\"}{\"}}]}");
        assertThat(calls).containsExactly(new WrittenCall("run", "{\"script\":\"}]}\\\"}{\"}"));
        assertThat(text.toString()).isEmpty();
    }

    @Test
    void aLongTextIsShownInPiecesThatCutNoCharacterInTwo() {
        String said = "<p>\uD83D\uDE80</p>\n".repeat(5_000) + CALL;
        var pieces = new ArrayList<String>();
        var open = new CallScan(Set.of("weather"), pieces::add, calls::add);
        open.accept(said);
        open.end();
        assertThat(String.join("", pieces))
                .isEqualTo(said.substring(0, said.length() - CALL.length()).strip());
        assertThat(pieces)
                .allSatisfy(piece -> assertThat(Character.isHighSurrogate(piece.charAt(piece.length() - 1)))
                        .isFalse());
        assertThat(calls).containsExactly(paris());
    }

    @Test
    void withoutToolsNothingIsHeld() {
        var shown = new StringBuilder();
        var open = new CallScan(Set.of(), shown::append, calls::add);
        open.accept("{\"tool_calls\":[");
        assertThat(shown.toString()).isEqualTo("{\"tool_calls\":[");
    }
}
