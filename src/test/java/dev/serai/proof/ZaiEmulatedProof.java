package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.serai.testkit.emulator.Delivery;
import dev.serai.testkit.emulator.Ending;
import dev.serai.testkit.emulator.SseStyle;
import dev.serai.testkit.sdk.Ask;
import dev.serai.testkit.sdk.Sdk;
import dev.serai.testkit.sdk.SdkClient;
import dev.serai.testkit.sdk.Told;
import dev.serai.testkit.sdk.Told.End;
import dev.serai.testkit.zai.ZaiAnswer;
import dev.serai.testkit.zai.ZaiAnswer.EditFrom;
import dev.serai.testkit.zai.ZaiAsked;
import dev.serai.testkit.zai.ZaiEmulator;
import dev.serai.testkit.zai.ZaiGateway;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The official clients of all four protocols read what chat.z.ai's emulator says, in every way that it may say it in. */
class ZaiEmulatedProof {

    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=";

    private final ZaiGateway stage = ZaiGateway.shared();
    private final ZaiEmulator site = stage.fresh();
    private final List<SdkClient> clients = new ArrayList<>();

    /** Which wire is spoken. */
    enum Wire {
        P2025,
        P2026
    }

    static Stream<Arguments> ways() {
        return Stream.of(Sdk.values())
                .flatMap(sdk -> Stream.of(Wire.values())
                        .flatMap(wire -> Stream.of(true, false).map(stream -> Arguments.of(sdk, wire, stream))));
    }

    @AfterEach
    void nothingWasAskedThatNoBrowserAsks() {
        clients.forEach(SdkClient::close);
        assertThat(site.gate().complaints()).isEmpty();
    }

    private SdkClient client(Sdk sdk) {
        var client = sdk.open(stage.gateway());
        clients.add(client);
        return client;
    }

    private void account(Wire wire) {
        site.sessions().register();
        stage.use(site, 1, wire == Wire.P2025 ? ",\"customParams\":{\"profile\":\"P2025\"}" : "");
        if (wire == Wire.P2025) {
            site.gate().profile2025();
        }
    }

    private static Ask ask() {
        return Ask.of(ZaiGateway.MODEL, "How warm is it?");
    }

    private ZaiAsked asked() {
        return site.chat().asked().getLast();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void reasoningAndTextAreReadWhereverTheEditBegins(Sdk sdk, Wire wire, boolean stream) {
        account(wire);
        for (var edit : EditFrom.values()) {
            site.chat()
                    .says(ZaiAnswer.of()
                            .chatters()
                            .thinks("Add the numbers.", "\n2 + 2", " = 4.")
                            .turnsToAnswer(edit, 2, "The answer")
                            .goesOn(" is")
                            .saysByEdit(" 4")
                            .says(". 好 🙂")
                            .usage(12, 34)
                            .done()
                            .sentinel());

            var told = client(sdk).ask(ask().reasoning(), stream);

            assertThat(told.reasoning()).as("%s", edit).isEqualTo("Add the numbers.\n2 + 2 = 4.");
            assertThat(told.text()).as("%s", edit).isEqualTo("The answer is 4. 好 🙂");
            assertThat(told.end()).isEqualTo(End.STOP);
            assertThat(asked().prompt()).isEqualTo("How warm is it?");
            assertThat(asked().feature("enable_thinking")).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void answersEndInEveryWay(Sdk sdk, Wire wire, boolean stream) {
        account(wire);
        site.chat()
                .says(
                        ZaiAnswer.of().says("Mild", ".").done(),
                        ZaiAnswer.of().says("Mild", ".").doneWithUsage(5, 4),
                        ZaiAnswer.of().says("Mild", ".").sentinel(),
                        ZaiAnswer.of()
                                .saysInChunk("Mild")
                                .says(".")
                                .usage(5, 4)
                                .done()
                                .sentinel(),
                        ZaiAnswer.of()
                                .says("Mi")
                                .editsNowhere("ld")
                                .says(".")
                                .done()
                                .sentinel(),
                        ZaiAnswer.of()
                                .finds("Weather", "https://weather.example/")
                                .thinksBare("Hm", ".")
                                .says("Mild", ".")
                                .done());
        var client = client(sdk);
        for (int i = 0; i < 6; i++) {
            var told = client.ask(ask().reasoning(), stream);
            assertThat(told.text()).as("answer %d", i).isEqualTo("Mild.");
            assertThat(told.reasoning()).isEqualTo(i == 5 ? "Hm." : "");
            assertThat(told.end()).isEqualTo(End.STOP);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aToolOfTheCallersIsCalledAndItsResultGoesBack(Sdk sdk, Wire wire, boolean stream) {
        account(wire);
        for (boolean block : new boolean[] {true, false}) {
            var calls = ZaiAnswer.of().thinks("I must look.").turnsToAnswer(EditFrom.START, 1, "");
            if (block) {
                calls.tool("call_1", "weather", "null", "{\"city\":", "\"Oslo\"}");
            } else {
                calls.callsTool("call_1", "weather", "{\"city\":\"Oslo\"}");
            }
            site.chat().says(calls.usage(12, 34).done().sentinel(), ZaiAnswer.saying("Four ", "degrees."));
            var client = client(sdk);

            var first = client.ask(ask().withTool(), stream);
            var second = client.ask(ask().withTool().then(first, "4 °C"), stream);

            assertThat(first.calls())
                    .as("by a block: %s", block)
                    .extracting(Told.Call::name, Told.Call::arguments)
                    .containsExactly(tuple("weather", "{\"city\":\"Oslo\"}"));
            assertThat(first.text()).isEmpty();
            assertThat(first.end()).isEqualTo(End.CALLS);
            assertThat(second.text()).isEqualTo("Four degrees.");
            assertThat(asked().body().path("tools").toString()).contains("weather", "city");
            assertThat(asked().body().path("messages").toString()).contains("How warm is it?", "Oslo", "4 °C");
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theServicesOwnToolsAreNotTheCallers(Sdk sdk, Wire wire, boolean stream) {
        account(wire);
        site.chat()
                .says(ZaiAnswer.of()
                        .says("Let me look that up.")
                        .tool("call_2", "search", "null", "{\"query\":\"Bei", "jing\"}")
                        .saysByEdit("\n\nIt is sunny.")
                        .usage(12, 34)
                        .done()
                        .sentinel());

        var told = client(sdk).ask(ask().withTool(), stream);

        assertThat(told.text()).isEqualTo("Let me look that up.\n\nIt is sunny.");
        assertThat(told.calls()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aCorrectionIsSaidAgainInAStreamAndNeverInAWholeAnswer(Sdk sdk, Wire wire, boolean stream) {
        account(wire);
        site.chat()
                .says(ZaiAnswer.of()
                        .says("Héllo ", "wrld")
                        .edits(6, "world")
                        .says(" 🌍!")
                        .doneWithUsage(5, 4));

        assertThat(client(sdk).ask(ask(), stream).text()).isEqualTo(stream ? "Héllo wrldorld 🌍!" : "Héllo world 🌍!");
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void aPictureIsUploadedByAnAccountAndNotByAGuest(Sdk sdk) {
        account(Wire.P2026);

        assertThat(client(sdk).ask(ask().showing(PNG), false).text()).contains("how can I help?");
        var upload = site.files().uploads().getLast();
        assertThat(Base64.getEncoder().encodeToString(upload.part().bytes())).isEqualTo(PNG);
        assertThat(asked().body().path("messages").toString()).contains(upload.id());
        assertThat(asked().body().at("/files/0/id").asText()).isEqualTo(upload.id());
    }

    @Test
    void aGuestsPictureIsRefusedWithItsField() {
        stage.guests(site);

        var answer = stage.gateway()
                .chat("{\"model\":\"" + ZaiGateway.MODEL + "\",\"messages\":[{\"role\":\"user\",\"content\":["
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64," + PNG + "\"}}]}]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("messages");
        assertThat(site.chat().asked()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void anyCuttingOfTheBytesGivesTheSameAnswer(Sdk sdk) {
        account(Wire.P2026);
        var client = client(sdk);
        for (var style : List.of(
                SseStyle.PLAIN.inPieces(1),
                SseStyle.PLAIN.inPieces(7),
                SseStyle.ODD,
                SseStyle.ODD.inPieces(1),
                new SseStyle("\r", ":", true, 5))) {
            site.chat().says(thoughtful().by(Delivery.WHOLE.as(style)));
            var told = client.ask(ask().reasoning(), true);
            assertThat(told.text()).as("%s", style).isEqualTo("It is 4 °C. 好 🙂");
            assertThat(told.reasoning()).isEqualTo("Let me see.");
        }
    }

    private static ZaiAnswer thoughtful() {
        return ZaiAnswer.of()
                .thinks("Let ", "me see.")
                .turnsToAnswer(EditFrom.TAG, 1, "It is")
                .says(" 4 °C", ". 好 🙂")
                .usage(12, 34)
                .done()
                .sentinel();
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void cutAnswerNeverLooksComplete(Sdk sdk) {
        for (var ending : List.of(Ending.CUT, Ending.RESET, Ending.WHOLE)) {
            for (int events = 0; events < 7; events++) {
                var fresh = stage.fresh();
                stage.accounts(fresh, 1);
                int most = events;
                fresh.chat().answers(question -> thoughtful().by(Delivery.WHOLE.ends(ending, most)));
                String what = ending + " after " + events;

                var streamed = stage.ask(sdk, true);
                assertThat(sdk.looksComplete(streamed.body()))
                        .as("%s: %s", what, streamed.body())
                        .isFalse();
                assertThat(streamed.body()).as(what).contains("error");
                assertThat(stage.ask(sdk, false).statusCode()).as(what).isGreaterThanOrEqualTo(500);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void anErrorAfterContentIsAnErrorOfTheStream(Sdk sdk) {
        account(Wire.P2026);
        site.chat().says(ZaiAnswer.of().says("Partial").fails("concurrency limit reached", 429));

        var streamed = stage.ask(sdk, true);

        assertThat(streamed.body()).contains("Partial").contains("error").doesNotContain("concurrency limit");
        assertThat(sdk.looksComplete(streamed.body())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void aSilentServiceIsGivenUpAndLeft(Sdk sdk) {
        site.sessions().register();
        stage.use(site, 1, ",\"timeouts\":{\"firstByte\":\"500ms\",\"idle\":\"500ms\"}");
        site.chat().says(thoughtful().by(Delivery.WHOLE.ends(Ending.STALL, 5)));

        var streamed = stage.ask(sdk, true);

        assertThat(sdk.looksComplete(streamed.body())).as(streamed.body()).isFalse();
        assertThat(streamed.body()).contains("It is").contains("error");
        await().untilAsserted(
                        () -> assertThat(site.chat().ended().getLast().ending()).isEqualTo(Ending.LEFT));
    }
}
