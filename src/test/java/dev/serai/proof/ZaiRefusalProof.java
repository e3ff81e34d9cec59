package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.emulator.Replies;
import dev.serai.testkit.sdk.Sdk;
import dev.serai.testkit.zai.ZaiAnswer;
import dev.serai.testkit.zai.ZaiEmulator;
import dev.serai.testkit.zai.ZaiEndpoint;
import dev.serai.testkit.zai.ZaiGateway;
import dev.serai.testkit.zai.ZaiRefusal;
import dev.serai.testkit.zai.ZaiSession;
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

/** What a caller sees of every refusal that the description of chat.z.ai knows, in every form that it comes in. */
class ZaiRefusalProof {

    private final ZaiGateway stage = ZaiGateway.shared();
    private final ZaiEmulator site = stage.fresh();

    @AfterEach
    void nothingWasAskedThatNoBrowserAsks() {
        assertThat(site.gate().complaints()).isEmpty();
        assertThat(site.gate().captchasSeen()).isEmpty();
    }

    /** What a refusal is about. */
    enum About {
        /** The session: another one may do. */
        SESSION(503),
        /** All sessions of its kind alike. */
        GATEWAY(503),
        /** The model is not there. */
        MODEL(404),
        /** The caller's request. */
        CALLER(400),
        /** The service has failed, or speaks another wire. */
        SERVICE(502);

        private final int status;

        About(int status) {
            this.status = status;
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                        told("session dead", ZaiRefusal.SESSION_DEAD, About.SESSION),
                        told("401 without a body", Replies.empty(401), About.SESSION),
                        told("429", ZaiRefusal.TOO_MANY, About.SESSION),
                        told("429 without a body", Replies.empty(429), About.SESSION),
                        told("concurrency", ZaiRefusal.CONCURRENCY, About.SESSION),
                        told("concurrency in Chinese", ZaiRefusal.detail(400, "并发数超限"), About.SESSION),
                        told("level too low", ZaiRefusal.LEVEL_TOO_LOW, About.SESSION),
                        told("captcha", ZaiRefusal.CAPTCHA, About.GATEWAY),
                        told("old version", ZaiRefusal.OLD_VERSION, About.GATEWAY),
                        told("bad signature", ZaiRefusal.BAD_SIGNATURE, About.GATEWAY),
                        told("bad signature in Chinese", ZaiRefusal.BAD_SIGNATURE_IN_CHINESE, About.GATEWAY),
                        told("firewall", ZaiRefusal.FIREWALL, About.GATEWAY),
                        told("unknown model", ZaiRefusal.UNKNOWN_MODEL, About.MODEL),
                        told("malformed", ZaiRefusal.MALFORMED, About.CALLER),
                        told("bad request", ZaiRefusal.detail(400, "no"), About.CALLER),
                        told("not found", ZaiRefusal.NOT_FOUND, About.SERVICE),
                        told("internal", ZaiRefusal.INTERNAL, About.SERVICE),
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
    void everyRefusalOfAnAccountHasItsStatusAndTellsNoSecret(String name, Script refusal, About about, boolean stream) {
        stage.accounts(site, 1).getFirst().always(ZaiEndpoint.CHAT_V2, refusal);

        assertRefused(stage.ask(stream), about);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void everyRefusalOfAGuestHasItsStatusAndTellsNoSecret(String name, Script refusal, About about, boolean stream) {
        stage.guests(site);
        site.always(ZaiEndpoint.CHAT_V2, refusal);

        assertRefused(stage.ask(stream), about);
    }

    private static void assertRefused(HttpResponse<String> answer, About about) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(about.status);
        assertThat(answer.headers().firstValue("retry-after").isPresent()).isEqualTo(about.status == 503);
        assertQuiet(answer);
    }

    private static void assertQuiet(HttpResponse<String> answer) {
        assertThat(answer.body()).doesNotContain("eyJ", "guest.com", "owner-", "user-0", "<html");
    }

    static Stream<Arguments> refusalsOfSessions() {
        return refusals().filter(one -> one.get()[2] == About.SESSION);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusalsOfSessions")
    void aRefusalOfOneAccountIsServedByAnother(String name, Script refusal, About about, boolean stream) {
        var accounts = stage.accounts(site, 3);
        accounts.subList(0, 2).forEach(account -> account.always(ZaiEndpoint.CHAT_V2, refusal));

        for (int i = 0; i < 3; i++) {
            var answer = stage.ask(stream);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertQuiet(answer);
        }

        assertThat(accounts.getLast().turns()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Sdk.class)
    void everyProtocolSaysInItsOwnWordsThatACaptchaIsAskedFor(Sdk sdk) {
        stage.accounts(site, 1);
        site.gate().captcha(true, true);

        for (boolean stream : new boolean[] {true, false}) {
            var answer = stage.ask(sdk, stream);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(sdk.overloaded());
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
        }
    }

    @Test
    void aCaptchaForGuestsIsNamedAndNobodyIsAskedAgain() {
        stage.guests(site);
        site.gate().captcha(true, false);

        for (int i = 0; i < 4; i++) {
            var answer = stage.ask(i % 2 == 0);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("captcha");
        }

        assertThat(site.calls(ZaiEndpoint.CHAT_V2)).isEqualTo(1);
    }

    @Test
    void aCaptchaForGuestsMovesTheCallToAnAccount() {
        var owner = site.sessions().register();
        site.gate().captcha(true, false);
        stage.gateway()
                .configure("{\"zai\":{\"providers\":[{\"provider\":\"zai-web\",\"model\":\"glm-4.7\",\"endpoint\":\""
                        + site.url()
                        + "\"},{\"provider\":\"zai-web\",\"model\":\"glm-4.7\",\"endpoint\":\"" + site.url()
                        + "\",\"apiKeys\":[\"ZAI_TOKEN_1\"]}]}}");

        for (int i = 0; i < 3; i++) {
            var answer = stage.ask(i % 2 == 0);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }

        assertThat(owner.turns()).isEqualTo(3);
    }

    @Test
    void aNewFrontEndIsNoticed() {
        stage.accounts(site, 1);
        assertThat(stage.ask(false).statusCode()).isEqualTo(200);
        site.gate().version("prod-fe-1.2.0", "prod-fe-1.2.0");

        var answer = stage.ask(true);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-attempts")).contains("1");
        assertThat(site.calls(ZaiEndpoint.HOME)).isEqualTo(2);
    }

    @Test
    void aFirewallAgainstOldFrontEndsIsPassedByTheNewOne() {
        stage.accounts(site, 1);
        assertThat(stage.ask(false).statusCode()).isEqualTo(200);
        site.gate().version("prod-fe-1.2.0", "prod-fe-1.2.0").firewallBelow("prod-fe-1.2.0");

        assertThat(stage.ask(false).statusCode()).isEqualTo(200);
    }

    @Test
    void aClockThatIsOffIsPutRightByTheServicesOwn() {
        stage.accounts(site, 1);
        assertThat(stage.ask(false).statusCode()).isEqualTo(200);
        site.gate().skew(Duration.ofMinutes(20));

        var answer = stage.ask(true);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void rolesThatAreNotTakenAreFoldedIntoOneUser() {
        stage.accounts(site, 1);
        site.chat().usersOnly();

        var answer = stage.gateway()
                .chat("{\"model\":\"zai\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":\"Hello\"}]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(site.chat().asked().getLast().prompt()).contains("Be brief.", "Hello");
    }

    @Test
    void aModelThatWantsAChatGetsOne() {
        stage.accounts(site, 1);
        site.chat().chatsNeeded("glm-4.7");

        assertThat(stage.ask(false).statusCode()).isEqualTo(200);
    }

    @Test
    void anAccountThatSilentlyTurnsIntoAGuestIsNoticed() {
        List<ZaiSession> accounts = stage.accounts(site, 2);
        site.sessions().kill(accounts.getFirst());

        for (int i = 0; i < 4; i++) {
            assertThat(stage.ask(false).statusCode()).isEqualTo(200);
        }
        site.sessions().kill(accounts.getLast());
        assertThat(stage.ask(false).statusCode()).isEqualTo(503);
        var answer = stage.ask(false);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(accounts.getLast().turns()).isEqualTo(4);
        assertThat(site.chat().asked()).noneMatch(asked -> asked.session().isGuest());
        assertQuiet(answer);
    }

    static Stream<Arguments> inStream() {
        return Stream.of(
                Arguments.of("concurrency", ZaiAnswer.of().fails("concurrency limit reached", 429), 503),
                Arguments.of("captcha", ZaiAnswer.of().chatters().fails(ZaiRefusal.CAPTCHA), 503),
                Arguments.of("fault", ZaiAnswer.of().fails("boom", 500), 502),
                Arguments.of("nothing", ZaiAnswer.of(), 502),
                Arguments.of("nothing but an end", ZaiAnswer.of().done().sentinel(), 502));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inStream")
    void anErrorInAStreamBeforeAnyContentIsARefusal(String name, ZaiAnswer said, int status) {
        stage.accounts(site, 1);
        site.chat().answers(question -> said);

        var answer = stage.ask(true);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("boom");
    }
}
