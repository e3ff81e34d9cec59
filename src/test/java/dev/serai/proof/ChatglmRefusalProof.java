package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.chatglm.ChatglmAccount;
import dev.serai.testkit.chatglm.ChatglmAnswer;
import dev.serai.testkit.chatglm.ChatglmEndpoint;
import dev.serai.testkit.chatglm.ChatglmGateway;
import dev.serai.testkit.chatglm.ChatglmPart;
import dev.serai.testkit.chatglm.ChatglmRefusal;
import dev.serai.testkit.emulator.Delivery;
import dev.serai.testkit.emulator.Ending;
import dev.serai.testkit.emulator.Replies;
import dev.serai.testkit.sdk.Sdk;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller sees of every refusal that the description of chatglm.cn knows, in every form that it comes in. */
class ChatglmRefusalProof {

    private final ChatglmGateway stage = ChatglmGateway.shared();

    @AfterEach
    void nothingWasAskedThatNoBrowserAsks() {
        assertThat(stage.site().gate().complaints()).isEmpty();
    }

    /** What a refusal is about, so who is to be asked next. */
    enum About {
        /** The account is spent, limited or busy: another one may do. */
        ACCOUNT(503),
        /** The account is dead until it logs in again. */
        LOGIN(503),
        /** All accounts would be refused alike: the firewall. */
        GATEWAY(503),
        /** The request or its signature. */
        FORM(502),
        /** The service has failed. */
        SERVICE(502);

        private final int status;

        About(int status) {
            this.status = status;
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                        told("access token dead", ChatglmRefusal.ACCESS_DEAD, About.LOGIN),
                        told("401 without a body", Replies.empty(401), About.LOGIN),
                        told("403 without a body", Replies.empty(403), About.LOGIN),
                        told("login needed", ChatglmRefusal.LOGIN_NEEDED, About.LOGIN),
                        told("refresh token expired", ChatglmRefusal.REFRESH_EXPIRED, About.LOGIN),
                        told("guest exhausted", ChatglmRefusal.GUEST_EXHAUSTED, About.LOGIN),
                        told("429", ChatglmRefusal.RATE_LIMITED, About.ACCOUNT),
                        told("429 in code", ChatglmRefusal.RATE_LIMITED.inCode().withHttp(200), About.ACCOUNT),
                        told("429 without a body", Replies.empty(429), About.ACCOUNT),
                        told("too frequent", ChatglmRefusal.TOO_FREQUENT, About.ACCOUNT),
                        told("throttled", ChatglmRefusal.THROTTLED, About.ACCOUNT),
                        told("busy", ChatglmRefusal.BUSY, About.ACCOUNT),
                        told("busy with 200", ChatglmRefusal.BUSY.withHttp(200), About.ACCOUNT),
                        told("not allowed", ChatglmRefusal.NOT_ALLOWED, About.ACCOUNT),
                        told("firewall", ChatglmRefusal.FIREWALL, About.GATEWAY),
                        told("400 without a body", Replies.empty(400), About.GATEWAY),
                        told("page with 200", Replies.page(200, "Please log in"), About.GATEWAY),
                        told("page with 403", Replies.page(403, "Forbidden"), About.GATEWAY),
                        told("page with 405", Replies.page(405, "Not Allowed"), About.GATEWAY),
                        told("header missing", ChatglmRefusal.HEADER_MISSING, About.FORM),
                        told("no user agent", ChatglmRefusal.NO_USER_AGENT, About.FORM),
                        told("unsigned", ChatglmRefusal.UNSIGNED, About.FORM),
                        told("bad signature", ChatglmRefusal.BAD_SIGNATURE, About.FORM),
                        told("aborted", ChatglmRefusal.ABORTED, About.SERVICE),
                        told("page with 502", Replies.page(502, "Bad Gateway"), About.SERVICE),
                        told("500", Replies.empty(500), About.SERVICE),
                        told("reset", Replies.reset(), About.SERVICE),
                        told("empty 200", Replies.empty(200), About.SERVICE))
                .flatMap(Stream::of);
    }

    private static Arguments[] told(String name, Script script, About about) {
        return new Arguments[] {
            Arguments.of(name + ", whole", script, about, false), Arguments.of(name + ", stream", script, about, true)
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void everyRefusalHasItsStatusAndTellsNoSecret(String name, Script refusal, About about, boolean stream) {
        var account = stage.fresh(1).getFirst();
        account.always(ChatglmEndpoint.STREAM, refusal);

        var answer = stage.ask(stream);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(about.status);
        assertThat(answer.headers().firstValue("retry-after").isPresent()).isEqualTo(about.status == 503);
        assertQuiet(answer);
        account.always(ChatglmEndpoint.STREAM, null);
        boolean dead = about == About.LOGIN;
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(health()).isEqualTo(dead ? "dead" : "alive"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aRefusalOfOneAccountIsServedByAnother(String name, Script refusal, About about, boolean stream) {
        var accounts = stage.fresh(3);
        accounts.subList(0, 2).forEach(account -> account.always(ChatglmEndpoint.STREAM, refusal));
        boolean others = about == About.ACCOUNT || about == About.LOGIN;

        var answers = Stream.generate(() -> stage.ask(stream)).limit(3).toList();

        if (others) {
            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200));
            assertThat(accounts.getLast().turns()).isEqualTo(3);
        }
        answers.forEach(ChatglmRefusalProof::assertQuiet);
    }

    private static void assertQuiet(HttpResponse<String> answer) {
        assertThat(answer.body()).doesNotContain("synthetic", "eyJ", "rid", "4010", "4001", "<html", "多次");
    }

    private String health() {
        return stage.gateway()
                                .database()
                                .jdbc()
                                .sql("select count(*) from account where health = 'dead'")
                                .query(Integer.class)
                                .single()
                        == 0
                ? "alive"
                : "dead";
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void everyProtocolSaysInItsOwnWordsThatNobodyCanServe(Sdk sdk) {
        stage.fresh(1).getFirst().always(ChatglmEndpoint.STREAM, ChatglmRefusal.THROTTLED);

        for (boolean stream : new boolean[] {true, false}) {
            var answer = stage.ask(sdk, stream);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(sdk.overloaded());
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
            assertQuiet(answer);
        }
    }

    static Stream<Arguments> inStream() {
        return Stream.of(
                Arguments.of("aborted", ChatglmAnswer.of().fails(10024, "generator exit"), 502),
                Arguments.of(
                        "aborted in the member error",
                        ChatglmAnswer.of().fails(10024, "generator exit").inErrorMember(),
                        502),
                Arguments.of("limited", ChatglmAnswer.of().fails(429, "too many requests"), 503),
                Arguments.of("limited in words", ChatglmAnswer.of().fails(10007, "操作过于频繁"), 503),
                Arguments.of("dead", ChatglmAnswer.of().fails(40102, "refresh token expired"), 503),
                Arguments.of("empty finish", ChatglmAnswer.empty(), 503),
                Arguments.of("no frame at all", ChatglmAnswer.of().withoutStatus(), 502));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inStream")
    void anErrorInAStreamBeforeAnyContentIsARefusal(String name, ChatglmAnswer said, int status) {
        stage.fresh(1);
        stage.site().chat().answers(question -> said);

        for (boolean stream : new boolean[] {true, false}) {
            var answer = stage.ask(stream);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void anErrorAfterContentIsAnErrorOfTheStream(Sdk sdk) {
        stage.fresh(2);
        stage.site()
                .chat()
                .answers(question ->
                        ChatglmAnswer.of(ChatglmPart.text("It is").unfinished()).fails(10024, "generator exit"));

        var streamed = stage.ask(sdk, true);

        assertThat(streamed.body()).contains("It is").contains("error").doesNotContain("generator exit");
        assertThat(sdk.looksComplete(streamed.body())).isFalse();
    }

    @Test
    void aLapsedAccessTokenIsRenewedWithoutACallersKnowing() {
        var account = stage.fresh(1).getFirst();
        assertThat(stage.ask(false).statusCode()).isEqualTo(200);
        int before = account.refreshes();
        stage.site().accounts().killAccess(account);

        var answer = stage.ask(true);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-attempts")).contains("1");
        assertThat(account.refreshes()).isEqualTo(before + 1);
    }

    @Test
    void aClockThatIsOffIsPutRightByTheServicesOwn() {
        stage.fresh(1);
        assertThat(stage.ask(false).statusCode()).isEqualTo(200);
        int asked = stage.site().calls(ChatglmEndpoint.TIME);
        stage.site().gate().skew(Duration.ofMinutes(20));
        try {
            var answer = stage.ask(true);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(stage.site().calls(ChatglmEndpoint.TIME)).isEqualTo(asked + 1);
            assertThat(stage.ask(false).statusCode()).isEqualTo(200);
            assertThat(stage.site().calls(ChatglmEndpoint.TIME)).isEqualTo(asked + 1);
        } finally {
            stage.site().gate().skew(Duration.ofMinutes(-20));
        }
        assertThat(stage.ask(false).statusCode()).isEqualTo(200);
    }

    @Test
    void aClockThatIsOffHindersNoRefresh() {
        stage.site().gate().skew(Duration.ofMinutes(-30));
        try {
            stage.fresh(1);
            var answer = stage.ask(false);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        } finally {
            stage.site().gate().skew(Duration.ofMinutes(30));
        }
        assertThat(stage.ask(false).statusCode()).isEqualTo(200);
    }

    @Test
    void aFirewallThatSpeaksOnceIsWaitedFor() {
        var account = stage.fresh(1).getFirst();
        account.next(ChatglmEndpoint.STREAM, ChatglmRefusal.FIREWALL);

        var answer = stage.ask(false);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(account.turns()).isEqualTo(1);
    }

    @Test
    void aBusyAccountIsLeftForAnotherAndComesBackAtOnce() {
        var accounts = stage.fresh(2);
        accounts.forEach(account -> account.next(ChatglmEndpoint.STREAM, ChatglmRefusal.BUSY));

        assertThat(stage.ask(false).statusCode()).isEqualTo(503);
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> stage.ask(false).statusCode() == 200);
    }

    @Test
    void aRefreshThatIsRefusedIsToldAsWhatItIs() {
        for (var refusal : List.of(
                ChatglmRefusal.REFRESH_EXPIRED,
                ChatglmRefusal.REFRESH_EXPIRED.inCode().withHttp(200),
                ChatglmRefusal.REFRESH_EXPIRED.onlyInMessage().withHttp(200),
                ChatglmRefusal.ACCESS_DEAD)) {
            ChatglmAccount account = stage.fresh(1).getFirst();
            account.always(ChatglmEndpoint.REFRESH, refusal);

            var answer = stage.ask(false);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("The refresh token has expired");
            assertQuiet(answer);
        }
    }

    @Test
    void aServiceThatCannotBeReachedForTokensIsA503() {
        var account = stage.fresh(1).getFirst();
        for (Script trouble : List.of(Replies.reset(), Replies.page(502, "Bad Gateway"), Replies.empty(500))) {
            account.always(ChatglmEndpoint.REFRESH, trouble);
            assertThat(stage.ask(false).statusCode()).isEqualTo(503);
            assertThat(health()).isEqualTo("alive");
        }
    }

    @Test
    void whatIsLeftOfAStreamThatIsCutIsNotTriedElsewhere() {
        var accounts = stage.fresh(2);
        stage.site()
                .chat()
                .answers(question -> ChatglmAnswer.of(ChatglmPart.text("It ", "is ", "warm"))
                        .by(Delivery.WHOLE.ends(Ending.RESET, 2)));

        assertThat(stage.ask(true).body()).contains("It ").doesNotContain("[DONE]");
        assertThat(accounts.stream().mapToInt(ChatglmAccount::turns).sum()).isEqualTo(1);
    }
}
