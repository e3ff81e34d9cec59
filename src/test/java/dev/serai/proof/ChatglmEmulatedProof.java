package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.serai.testkit.chatglm.ChatglmAccount;
import dev.serai.testkit.chatglm.ChatglmAnswer;
import dev.serai.testkit.chatglm.ChatglmAsked;
import dev.serai.testkit.chatglm.ChatglmGateway;
import dev.serai.testkit.chatglm.ChatglmPart;
import dev.serai.testkit.chatglm.ChatglmShape;
import dev.serai.testkit.emulator.Delivery;
import dev.serai.testkit.emulator.Ending;
import dev.serai.testkit.emulator.Pace;
import dev.serai.testkit.emulator.SseStyle;
import dev.serai.testkit.sdk.Ask;
import dev.serai.testkit.sdk.Sdk;
import dev.serai.testkit.sdk.SdkClient;
import dev.serai.testkit.sdk.Told;
import dev.serai.testkit.sdk.Told.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The official clients of all four protocols read what chatglm.cn's emulator says, in every form that it may say it in. */
class ChatglmEmulatedProof {

    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=";

    private final ChatglmGateway stage = ChatglmGateway.shared();
    private final List<SdkClient> clients = new ArrayList<>();
    private List<ChatglmAccount> accounts = List.of();

    /** What frames hold. */
    enum Frames {
        CUMULATIVE(ChatglmShape.CUMULATIVE),
        CUMULATIVE_REPEATED(ChatglmShape.CUMULATIVE.repeating(ChatglmShape.Last.ALL)),
        DELTAS(ChatglmShape.DELTAS),
        DELTAS_REPEATED(ChatglmShape.DELTAS.repeating(ChatglmShape.Last.LAST)),
        OLD(ChatglmShape.OLD);

        private final ChatglmShape shape;

        Frames(ChatglmShape shape) {
            this.shape = shape;
        }
    }

    static Stream<Arguments> ways() {
        return Stream.of(Sdk.values())
                .flatMap(sdk -> Stream.of(Frames.values())
                        .flatMap(frames -> Stream.of(true, false).map(stream -> Arguments.of(sdk, frames, stream))));
    }

    @BeforeEach
    void fresh() {
        accounts = stage.fresh(1);
    }

    @AfterEach
    void nothingWasAskedThatNoBrowserAsks() {
        clients.forEach(SdkClient::close);
        assertThat(stage.site().gate().complaints()).isEmpty();
    }

    private SdkClient client(Sdk sdk) {
        var client = sdk.open(stage.gateway());
        clients.add(client);
        return client;
    }

    private Ask ask() {
        return Ask.of(stage.model(), "How warm is it?");
    }

    private static ChatglmAnswer hello() {
        return ChatglmAnswer.of(
                ChatglmPart.reasoning("The user greets", " me. Reply", " briefly."),
                ChatglmPart.text("Hello", "! 你好 🙂", ", how can I help?"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void reasoningAndTextAreReadInEveryForm(Sdk sdk, Frames frames, boolean stream) {
        stage.site().chat().says(hello().as(frames.shape));

        var told = client(sdk).ask(ask().reasoning(), stream);

        assertThat(told.reasoning()).isEqualTo("The user greets me. Reply briefly.");
        assertThat(told.text()).isEqualTo("Hello! 你好 🙂, how can I help?");
        assertThat(told.end()).isEqualTo(End.STOP);
        assertThat(asked().chatMode()).isEqualTo("zero");
        assertThat(asked().text()).isEqualTo("How warm is it?");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aToolIsCalledInWordsAndItsResultToldInWords(Sdk sdk, Frames frames, boolean stream) {
        stage.site()
                .chat()
                .says(
                        ChatglmAnswer.of(
                                        ChatglmPart.reasoning("I must ", "look."),
                                        ChatglmPart.text(
                                                "{\"tool_calls\":[{\"na",
                                                "me\":\"weather\",\"arguments\"",
                                                ":{\"city\":\"Oslo\"}}]}"))
                                .as(frames.shape),
                        ChatglmAnswer.of(ChatglmPart.text("Four ", "degrees.")).as(frames.shape));
        var client = client(sdk);

        var first = client.ask(ask().withTool(), stream);
        var second = client.ask(ask().withTool().then(first, "4 °C"), stream);

        assertThat(first.calls())
                .extracting(Told.Call::name, Told.Call::arguments)
                .containsExactly(tuple("weather", "{\"city\":\"Oslo\"}"));
        assertThat(first.text()).isEmpty();
        assertThat(first.end()).isEqualTo(End.CALLS);
        assertThat(second.text()).isEqualTo("Four degrees.");
        assertThat(second.end()).isEqualTo(End.STOP);
        assertThat(stage.site().chat().asked().reversed().get(1).text()).contains("weather", "How warm is it?");
        assertThat(asked().text()).contains("How warm is it?", "Oslo", "4 °C");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void textThatOnlyBeginsLikeACallStaysText(Sdk sdk, Frames frames, boolean stream) {
        stage.site()
                .chat()
                .says(ChatglmAnswer.of(ChatglmPart.text("{\"na", "me\": \"nobody\"", ", \"x\": 1} is JSON"))
                        .as(frames.shape));

        var told = client(sdk).ask(ask().withTool(), stream);

        assertThat(told.text()).isEqualTo("{\"name\": \"nobody\", \"x\": 1} is JSON");
        assertThat(told.calls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void aPictureIsUploadedAndShown(Sdk sdk) {
        var told = client(sdk).ask(ask().showing(PNG), false);

        assertThat(told.text()).contains("how can I help?");
        var upload = stage.site().files().uploads().getLast();
        assertThat(upload.part().contentType()).isEqualTo("image/png");
        assertThat(Base64.getEncoder().encodeToString(upload.part().bytes())).isEqualTo(PNG);
        assertThat(asked().files()).containsExactly(upload.id());
        assertThat(asked().text()).isEqualTo("How warm is it?");
    }

    @Test
    void aPictureByItsUrlIsFetchedAndUploaded() {
        int before = stage.site().files().uploads().size();
        var answer = stage.gateway()
                .chat("{\"model\":\"" + stage.model() + "\",\"messages\":[{\"role\":\"user\",\"content\":["
                        + "{\"type\":\"text\",\"text\":\"Look\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                        + stage.site().files().link("cat.png") + "\"}}]}]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(stage.site().files().uploads()).hasSize(before + 1);
        assertThat(asked().files())
                .containsExactly(stage.site().files().uploads().getLast().id());
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void theFilterEndsTheAnswerAndNobodyElseIsAsked(Sdk sdk) {
        accounts = stage.fresh(2);
        for (boolean stream : new boolean[] {true, false}) {
            stage.site()
                    .chat()
                    .says(ChatglmAnswer.of(ChatglmPart.text("Let me").unfinished())
                            .intervenes("This request cannot be answered."));

            var told = client(sdk).ask(ask(), stream);

            assertThat(told.text()).contains("Let me").contains("This request cannot be answered.");
            assertThat(told.end()).isEqualTo(End.FILTERED);
        }
        assertThat(accounts.stream().mapToInt(ChatglmAccount::turns).sum()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void anyCuttingOfTheBytesGivesTheSameAnswer(Sdk sdk) {
        var client = client(sdk);
        for (var frames : Frames.values()) {
            for (var style : List.of(
                    SseStyle.PLAIN.inPieces(1),
                    SseStyle.PLAIN.inPieces(7),
                    SseStyle.ODD,
                    SseStyle.ODD.inPieces(1),
                    new SseStyle("\r", ":", true, 5))) {
                stage.site().chat().says(hello().as(frames.shape).by(Delivery.WHOLE.as(style)));
                var told = client.ask(ask().reasoning(), true);
                assertThat(told.text()).as("%s %s", frames, style).isEqualTo("Hello! 你好 🙂, how can I help?");
                assertThat(told.reasoning()).isEqualTo("The user greets me. Reply briefly.");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void cutAnswerNeverLooksComplete(Sdk sdk) {
        for (var frames : List.of(Frames.CUMULATIVE, Frames.DELTAS)) {
            for (var ending : List.of(Ending.CUT, Ending.RESET, Ending.WHOLE)) {
                for (int events : new int[] {0, 1, 4, 5, 7}) {
                    accounts = stage.fresh(1);
                    var cut = hello().as(frames.shape).by(Delivery.WHOLE.ends(ending, events));
                    stage.site().chat().answers(question -> cut);
                    String what = frames + " " + ending + " after " + events;

                    var streamed = stage.ask(sdk, true);
                    assertThat(sdk.looksComplete(streamed.body()))
                            .as("%s: %s", what, streamed.body())
                            .isFalse();
                    assertThat(streamed.body()).as(what).contains("error");
                    assertThat(stage.ask(sdk, false).statusCode()).as(what).isIn(502, 503, 529, 500);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void aStreamWithoutAFinalStatusIsCut(Sdk sdk) {
        stage.site().chat().answers(question -> hello().withoutStatus());

        var streamed = stage.ask(sdk, true);

        assertThat(sdk.looksComplete(streamed.body())).as(streamed.body()).isFalse();
        assertThat(streamed.body()).contains("Hello").contains("error");
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void aSilentServiceIsGivenUpAndLeft(Sdk sdk) {
        stage.timed("\"firstByte\":\"500ms\",\"idle\":\"500ms\"");
        stage.site().chat().answers(question -> hello().by(Delivery.WHOLE.ends(Ending.STALL, 0)));
        int before = stage.site().chat().ended().size();
        assertThat(stage.ask(sdk, false).statusCode()).isEqualTo(504);
        await().until(() -> stage.site().chat().ended().size() > before);
        stage.site().chat().answers(question -> hello().by(Delivery.WHOLE.ends(Ending.STALL, 5)));

        var streamed = stage.ask(sdk, true);

        assertThat(sdk.looksComplete(streamed.body())).as(streamed.body()).isFalse();
        assertThat(streamed.body()).contains("Hello").contains("error");
        await().untilAsserted(() ->
                assertThat(stage.site().chat().ended().getLast().ending()).isEqualTo(Ending.LEFT));
    }

    @Test
    void aSlowAnswerIsPassedOnAsItComes() {
        stage.timed("\"firstByte\":\"2s\",\"idle\":\"500ms\"");
        stage.site().chat().says(hello().by(Delivery.WHOLE.at(Pace.every(Duration.ofMillis(120)))));

        assertThat(stage.ask(true).body()).contains("how can I help?").contains("[DONE]");
    }

    private ChatglmAsked asked() {
        return stage.site().chat().asked().getLast();
    }
}
