package dev.serai.testkit.chatglm;

import static dev.serai.testkit.emulator.Examples.data;
import static dev.serai.testkit.emulator.Examples.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.testkit.RawClient;
import dev.serai.testkit.emulator.Asking;
import dev.serai.testkit.emulator.Delivery;
import dev.serai.testkit.emulator.Ending;
import dev.serai.testkit.emulator.Pace;
import dev.serai.testkit.emulator.Replies;
import dev.serai.testkit.emulator.SseStyle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The emulator of chatglm.cn does what the description of the wire says of the server, seen by hand-made requests. */
class ChatglmEmulatorTest {

    private final ChatglmEmulator emulator = new ChatglmEmulator(ChatglmCaller.CLOCK);
    private final ChatglmCaller caller = new ChatglmCaller(emulator);
    private final ChatglmAccount account = emulator.accounts().register();

    @AfterEach
    void close() {
        emulator.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000124, 1700000000134, c3a17ec35924bb9857edddb313042d92",
        "1767225600000, 1767225600060, d7222b4481f52e5b654cb184ba283e41",
        "1790732179905, 1790732179905, 8ea07b1ced09b27f2db07f51de4ea41e"
    })
    void signaturesOfTheDescriptionAreTaken(long now, String timestamp, String sign) {
        try (var then = new ChatglmEmulator(Clock.fixed(Instant.ofEpochMilli(now), ZoneOffset.UTC))) {
            var owner = then.accounts().register();
            var answer = new ChatglmCaller(then)
                    .refreshes(owner, owner.refreshToken())
                    .with("X-Timestamp", timestamp)
                    .with("X-Sign", sign)
                    .json();

            assertThat(answer.path("status").asInt(-1)).isZero();
        }
    }

    @Test
    void digestOfTheDescription() {
        assertThat(ChatglmGate.md5("1700000000000-nonce-8a1317a7468aa3ad86e997d08f3f31cb"))
                .isEqualTo("189bdf1b3dba3b69cc7171ccb4dae8e7");
    }

    @Test
    void checksComeInTheirOrder() {
        try (var bare = new RawClient(URI.create(emulator.url()).getPort())) {
            bare.send("POST " + ChatglmEndpoint.STREAM.path() + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
            assertThat(bare.readUntil("rid")).contains("400 X").contains("40002: ");
        }
        var turn = caller.turn(account, "not a token", "", "Hello").body("{");

        refused(turn.without("X-App-Platform").without("X-Sign"), 400, 40001);
        refused(turn.without("X-App-Version"), 400, 40001);
        refused(turn.without("X-Device-Id"), 400, 40001);
        refused(turn.without("X-Nonce").with("X-Sign", "wrong"), 400, 40011);
        refused(turn.with("X-Sign", "c3a17ec35924bb9857edddb313042d93"), 400, 40014);
        refused(turn.with("X-Timestamp", "1700000000124"), 400, 40014);
        refused(turn, 401, 401);
        refused(caller.turn(account, "", "Hello").body("{"), 400, 400);
    }

    @Test
    void signatureGetsOld() {
        emulator.gate().skew(Duration.ofMinutes(6));

        refused(caller.turn(account, "", "Hello"), 400, 40014);
        assertThat(caller.asks("GET", ChatglmEndpoint.TIME.path())
                        .json()
                        .path("result")
                        .path("cur_ts")
                        .asLong())
                .isEqualTo(1_700_000_360_124L);
    }

    @Test
    void nonceIsTakenOnceWhenAskedTo() {
        emulator.gate().onceOnlyNonces();

        assertThat(caller.refreshes(account, account.refreshToken()).send().statusCode())
                .isEqualTo(200);
        refused(caller.refreshes(account, account.refreshToken()), 400, 40014);
    }

    @Test
    void refreshGivesANewTokenAndTheOldOneLives() {
        String first = account.refreshToken();
        var result = caller.refreshes(account, first).json().path("result");

        assertThat(result.path("refresh_token").asText())
                .isEqualTo(account.refreshToken())
                .isNotEqualTo(first);
        assertThat(result.path("user_id").asText()).isEqualTo(account.userId());
        assertThat(caller.refreshes(account, first).send().statusCode()).isEqualTo(200);
        assertThat(account.refreshes()).isEqualTo(2);
        assertThat(emulator.login().refreshes()).isEqualTo(2);
    }

    @Test
    void strictRotationKillsTheOldToken() {
        emulator.accounts().strict();
        String first = account.refreshToken();

        assertThat(caller.refreshes(account, first).send().statusCode()).isEqualTo(200);
        refused(caller.refreshes(account, first), 401, 40102);
        assertThat(caller.refreshes(account, account.refreshToken()).send().statusCode())
                .isEqualTo(200);
    }

    @Test
    void answerOfARefreshMayGetLostAfterItsEffect() {
        emulator.accounts().strict();
        emulator.login().loseAnswers(true);
        String first = account.refreshToken();

        assertThatThrownBy(() -> caller.refreshes(account, first).send()).isInstanceOf(UncheckedIOException.class);
        assertThat(account.refreshToken()).isNotEqualTo(first);
        emulator.login().loseAnswers(false);
        refused(caller.refreshes(account, first), 401, 40102);
    }

    @Test
    void kindsOfTokensAreNotMixedUp() {
        refused(caller.turn(account, account.refreshToken(), "", "Hello"), 401, 401);
        refused(caller.refreshes(account, emulator.accounts().accessToken(account)), 401, 40102);
    }

    @Test
    void tokensEnd() {
        emulator.accounts().accessLife(Duration.ZERO).refreshLife(Duration.ZERO);

        refused(caller.turn(account, "", "Hello"), 401, 401);
        var shortLived = emulator.accounts().register();
        refused(caller.refreshes(shortLived, shortLived.refreshToken()), 401, 40102);
        emulator.accounts().kill(account);
        refused(caller.refreshes(account, account.refreshToken()), 401, 40102);
    }

    @Test
    void deviceMustBeTheTokensWhenAskedTo() {
        var turn = caller.turn(account, "", "Hello").with("X-Device-Id", "0123456789abcdef0123456789abcdef");

        assertThat(turn.send().statusCode()).isEqualTo(200);
        assertThat(emulator.gate().complaints()).contains("device id is not the token's");
        emulator.accounts().boundToDevice();
        refused(turn, 400, 40001);
    }

    @Test
    void guestHasAFewTurns() {
        emulator.accounts().guestTurns(1);
        var guest = caller.asks("POST", ChatglmEndpoint.GUEST.path())
                .with("Content-Type", "application/json")
                .body("{}")
                .json()
                .path("result");
        var turn = caller.turn(account, guest.path("access_token").asText(), "", "Hello");

        assertThat(turn.send().headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        var exhausted = turn.send();
        assertThat(exhausted.statusCode()).isEqualTo(200);
        assertThat(tree(exhausted.body()).path("message").asText()).isEqualTo("多次体验过对话，请登录后继续使用");
        assertThat(emulator.login().guests()).isEqualTo(1);
    }

    @Test
    void conversationGoesOnUntilItIsDeleted() {
        String id = ChatglmCaller.conversation(
                data(caller.turn(account, "", "Hello").send().body()).getFirst());
        assertThat(emulator.chat().undeleted()).containsExactly(id);
        caller.turn(account, id, "And now?").send();
        assertThat(emulator.chat().asked())
                .extracting(ChatglmAsked::conversation)
                .containsExactly(id, id);

        assertThat(caller.delete(account, id).json().path("status").asInt(-1)).isZero();

        assertThat(emulator.chat().undeleted()).isEmpty();
        assertThat(caller.turn(account, id, "Still there?").send().body()).isEmpty();
    }

    @Test
    void inventedConversationGivesAnEmptyBody() {
        var answer = caller.turn(account, "66f0a1b2c3d4e5f601234567", "Hello").send();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void secondStreamOfAnAccountIsRefused() throws IOException {
        var pace = Pace.steps().go(1);
        emulator.chat().says(ChatglmAnswer.of(ChatglmPart.text("Hi")).by(Delivery.WHOLE.at(pace)));
        var first = caller.turn(account, "", "Hello").open();
        first.body().read();

        refused(caller.turn(account, "", "Hello"), 429, 429);
        pace.goOn();

        assertThat(new String(first.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("finish");
        assertThat(caller.turn(account, "", "Hello").send().statusCode()).isEqualTo(200);
        assertThat(emulator.chat().undeleted()).hasSize(2);
    }

    @Test
    void callerWhoLeavesIsNoticed() throws IOException {
        emulator.chat().says(ChatglmAnswer.of(ChatglmPart.text("Hi")).by(Delivery.WHOLE.ends(Ending.STALL, 1)));
        var answer = caller.turn(account, "", "Hello").open();
        answer.body().read();
        answer.body().close();

        await().until(() -> emulator.chat().ended().size() == 1);
        assertThat(emulator.chat().ended().getFirst().ending()).isEqualTo(Ending.LEFT);
    }

    @Test
    void streamCanBeCutOrReset() {
        for (var ending : new Ending[] {Ending.CUT, Ending.RESET}) {
            emulator.chat().says(ChatglmAnswer.of(ChatglmPart.text("Hi")).by(Delivery.WHOLE.ends(ending, 1)));

            assertThatThrownBy(() -> caller.turn(account, "", "Hello").send()).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void streamCanEndWithoutAStatus() {
        emulator.chat().says(ChatglmAnswer.of(ChatglmPart.text("Hi")).withoutStatus());

        var frames = data(caller.turn(account, "", "Hello").send().body());

        assertThat(frames).extracting(frame -> frame.path("status").asText()).containsOnly("init");
    }

    @Test
    void styleChangesTheBytesOnly() {
        emulator.chat()
                .answers(question -> ChatglmAnswer.of(ChatglmPart.text("你好"))
                        .by(Delivery.WHOLE.as(question.text().equals("odd") ? SseStyle.ODD : SseStyle.PLAIN)));

        String odd = caller.turn(account, "", "odd").send().body();
        String plain = caller.turn(account, "", "plain").send().body();

        assertThat(odd).startsWith(":\r\n\r\nevent:message\r\ndata:{");
        assertThat(plain).startsWith("event: message\ndata: {").doesNotContain("\r", "[DONE]", "usage");
        assertThat(data(odd)).hasSameSizeAs(data(plain));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void plannedRefusalComesOnce(ChatglmRefusal refusal) {
        emulator.next(ChatglmEndpoint.STREAM, refusal);

        refused(caller.turn(account, "", "Hello"), refusal.http(), refusal.code());
        assertThat(caller.turn(account, "", "Hello").send().body()).startsWith("event: message");
    }

    static List<ChatglmRefusal> refusals() {
        return List.of(
                ChatglmRefusal.ACCESS_DEAD,
                ChatglmRefusal.LOGIN_NEEDED,
                ChatglmRefusal.RATE_LIMITED,
                ChatglmRefusal.THROTTLED,
                ChatglmRefusal.FIREWALL,
                ChatglmRefusal.ABORTED);
    }

    @Test
    void refusalsHaveOtherForms() {
        emulator.next(
                ChatglmEndpoint.STREAM,
                ChatglmRefusal.REFRESH_EXPIRED.inCode().withHttp(200),
                ChatglmRefusal.REFRESH_EXPIRED.onlyInMessage(),
                Replies.page(502, "Bad Gateway"));

        assertThat(caller.turn(account, "", "Hello").json().path("code").asInt())
                .isEqualTo(40102);
        assertThat(caller.turn(account, "", "Hello").json().path("message").asText())
                .startsWith("40102");
        assertThat(caller.turn(account, "", "Hello").send().body()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void oneAccountMayFailWhileOthersDoNot() {
        account.always(ChatglmEndpoint.STREAM, ChatglmRefusal.TOO_FREQUENT);
        var other = emulator.accounts().register();

        refused(caller.turn(account, "", "Hello"), 200, 10007);
        refused(caller.turn(account, "", "Hello"), 200, 10007);
        assertThat(caller.turn(other, "", "Hello").send().body()).startsWith("event: message");
    }

    @Test
    void unknownAssistantIsNotAllowed() {
        var body = ChatglmCaller.body("", "Hello").put("assistant_id", "abcdefabcdefabcdefabcdef");

        assertThat(caller.turn(account, "", "")
                        .body(body.toString())
                        .json()
                        .path("message")
                        .asText())
                .isEqualTo("权限不足");
    }

    @Test
    void goodRequestsRaiseNoComplaint() {
        caller.turn(account, "", "Hello").send();
        assertThat(emulator.gate().complaints()).isEmpty();

        var sloppy = ChatglmCaller.body("", "Hello").put("temperature", 0.5);
        caller.turn(account, "", "")
                .without("App-Name")
                .without("Origin")
                .body(sloppy.toString())
                .send();
        assertThat(emulator.gate().complaints())
                .contains("STREAM: app-name is not chatglm", "turn: member temperature does not exist");
    }

    private static void refused(Asking asking, int http, int code) {
        var answer = asking.send();
        assertThat(answer.statusCode()).isEqualTo(http);
        var body = tree(answer.body());
        assertThat(body.path("status").asInt()).isEqualTo(code);
        assertThat(body.path("rid").asText()).isEqualTo("00112233445566778899aabbccddeeff");
    }
}
