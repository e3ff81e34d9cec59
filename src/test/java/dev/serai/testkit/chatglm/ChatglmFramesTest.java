package dev.serai.testkit.chatglm;

import static dev.serai.testkit.emulator.Examples.data;
import static dev.serai.testkit.emulator.Examples.example;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.chatglm.ChatglmShape.Last;
import dev.serai.testkit.emulator.SseEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The emulator can say every example of the wire's description, member for member. */
class ChatglmFramesTest {

    private static final String WHOLE = "Hello! 你好, how can I help?";
    private static final ChatglmPart THOUGHT = ChatglmPart.reasoning("The user greets", " me. Reply briefly.");

    @Test
    void reasoningThenTextCumulative() {
        says("10-1", ChatglmChat.MAIN, ChatglmAnswer.of(THOUGHT, ChatglmPart.rewritten(WHOLE, "Hello", "! 你好")));
    }

    @Test
    void reasoningThenTextInDeltas() {
        says(
                "10-2",
                ChatglmChat.MAIN,
                ChatglmAnswer.of(THOUGHT, ChatglmPart.text("Hello", "! 你好", ", how can I help?"))
                        .as(ChatglmShape.DELTAS));
    }

    @Test
    void searchWithACitationAndARepeatedPart() {
        var found = ChatglmPart.found(
                "turn0search1",
                "Example weather page",
                "https://weather.example/beijing",
                "Sunny, 25 C",
                "weather.example");
        says(
                "10-3",
                ChatglmChat.MAIN,
                ChatglmAnswer.of(
                                ChatglmPart.ownTool("browser", "{\"query\":\"Beijing weather today\"}"),
                                found,
                                ChatglmPart.rewritten("It is sunny, 25 °C 【turn0search1】.", "It is sunny"))
                        .as(ChatglmShape.CUMULATIVE.repeating(Last.LAST)));
    }

    @Test
    void filterAfterSomeText() {
        says(
                "10-4",
                ChatglmChat.MAIN,
                ChatglmAnswer.of(ChatglmPart.text("Let me").unfinished())
                        .intervenes("This request cannot be answered."));
    }

    @Test
    void twoPictures() {
        says(
                "10-5",
                ChatglmChat.DRAWING,
                ChatglmAnswer.of(
                        ChatglmPart.code("{\"prompt\":\"a red bicycle, watercolour\"}"),
                        ChatglmPart.image("https://sfile.example/testpath/aa11_1_0.jpg"),
                        ChatglmPart.image("https://sfile.example/testpath/aa11_0_0.jpg"),
                        ChatglmPart.noMoreImages()));
    }

    @Test
    void errorInsideAStream() {
        says("10-7", ChatglmChat.MAIN, ChatglmAnswer.of().fails(10024, "generator exit"));
    }

    @Test
    void oldShapeRepeatsAllPartsWithoutLogicIds() {
        var frames = data(frames(
                ChatglmChat.MAIN,
                ChatglmAnswer.of(THOUGHT, ChatglmPart.text("Hi")).as(ChatglmShape.OLD)));

        assertThat(frames.getLast().path("parts")).hasSize(2);
        assertThat(frames.get(3).path("parts")).hasSize(2);
        assertThat(frames.get(3).path("parts").path(0).has("logic_id")).isFalse();
    }

    private static void says(String example, String assistant, ChatglmAnswer answer) {
        assertThat(data(frames(assistant, answer))).isEqualTo(example("chatglm-web", example));
    }

    private static List<SseEvent> frames(String assistant, ChatglmAnswer answer) {
        return new ChatglmFrames("66f0a1b2c3d4e5f60123abcd", "66f0a1b2c3d4e5f601234567", assistant, answer).events();
    }
}
