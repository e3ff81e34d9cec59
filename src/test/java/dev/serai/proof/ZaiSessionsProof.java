package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.testkit.Figures;
import dev.serai.testkit.RawClient;
import dev.serai.testkit.emulator.Delivery;
import dev.serai.testkit.emulator.Ending;
import dev.serai.testkit.emulator.Pace;
import dev.serai.testkit.zai.ZaiAnswer;
import dev.serai.testkit.zai.ZaiAsked;
import dev.serai.testkit.zai.ZaiEmulator;
import dev.serai.testkit.zai.ZaiEndpoint;
import dev.serai.testkit.zai.ZaiGateway;
import dev.serai.testkit.zai.ZaiRefusal;
import dev.serai.testkit.zai.ZaiSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions at chat.z.ai's emulator, of accounts and of guests. */
class ZaiSessionsProof {

    private static final int CALLS = 200;

    private final ZaiGateway stage = ZaiGateway.shared();
    private final ZaiEmulator site = stage.fresh();

    @AfterEach
    void nothingWasAskedThatNoBrowserAsks() {
        assertThat(site.gate().complaints()).isEmpty();
    }

    @Test
    void oneHealthyAccountOfTenServesEveryCall() {
        var accounts = stage.accounts(site, 10);
        accounts.subList(0, 3).forEach(site.sessions()::kill);
        accounts.subList(3, 5).forEach(dead -> dead.always(ZaiEndpoint.CHAT_V2, ZaiRefusal.SESSION_DEAD));
        accounts.subList(5, 7).forEach(low -> low.always(ZaiEndpoint.CHAT_V2, ZaiRefusal.LEVEL_TOO_LOW));
        accounts.subList(7, 9).forEach(limited -> limited.always(ZaiEndpoint.CHAT_V2, ZaiRefusal.CONCURRENCY));

        long failed = Stream.generate(() -> stage.ask(false).statusCode())
                .limit(CALLS)
                .filter(status -> status != 200)
                .count();

        assertThat(failed).isZero();
        assertThat(accounts.getLast().turns()).isEqualTo(CALLS);
        Figures.say("1 healthy account of 10: " + CALLS + " calls, " + failed + " failed");
    }

    @Test
    void guestsTakeTurnsAndChatsAreMadeForThem() {
        stage.guests(site);

        for (int i = 0; i < 8; i++) {
            assertThat(stage.ask(i % 2 == 0).statusCode()).isEqualTo(200);
        }

        assertThat(site.sessions().guests()).isEqualTo(ZaiGateway.GUESTS);
        assertThat(site.chat().asked().stream().map(ZaiAsked::session).distinct())
                .hasSize(ZaiGateway.GUESTS)
                .allMatch(ZaiSession::isGuest);
    }

    @Test
    void guestsWhoseSessionsAreOverAreReplacedAndNoCallFails() {
        stage.guests(site);
        assertThat(stage.ask(false).statusCode()).isEqualTo(200);
        await().until(() -> site.sessions().guests() == ZaiGateway.GUESTS);
        for (int i = 0; i < 6; i++) {
            site.sessions().kill(site.chat().asked().getLast().session());
            assertThat(stage.ask(i % 2 == 0).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theOlderPlaceForGuestsMayBeGone() {
        stage.guests(site);
        site.always(ZaiEndpoint.AUTHS, ZaiRefusal.NOT_FOUND);

        assertThat(stage.ask(false).statusCode()).isEqualTo(200);
        assertThat(site.calls(ZaiEndpoint.GUEST)).isPositive();
    }

    @Test
    void whereNoGuestIsToBeHadCallsGetA503WithTheReason() {
        stage.guests(site);
        site.sessions().guestLimit(0);

        for (int i = 0; i < 5; i++) {
            var answer = stage.ask(i % 2 == 0);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).containsIgnoringCase("guest");
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
        }
        assertThat(site.calls(ZaiEndpoint.AUTHS)).isLessThan(5 * ZaiGateway.GUESTS);

        site.sessions().guestLimit(100);
        await().atMost(Duration.ofSeconds(15)).until(() -> stage.ask(false).statusCode() == 200);
    }

    @Test
    void aSessionNeverHasMoreStreamsThanItMay() throws Exception {
        var accounts = stage.accounts(site, 2);
        site.chat()
                .streamsPerSession(2)
                .answers(question ->
                        ZaiAnswer.saying("Hello", ".").by(Delivery.WHOLE.at(Pace.every(Duration.ofMillis(100)))));
        var answers = new ArrayList<Future<Integer>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                answers.add(callers.submit(() -> stage.ask(true).statusCode()));
            }
        }
        int served = 0;
        for (var answer : answers) {
            assertThat(answer.get()).isIn(200, 503);
            served += answer.get() == 200 ? 1 : 0;
        }
        assertThat(served).isGreaterThanOrEqualTo(4);
        assertThat(accounts).allMatch(account -> account.streamsPeak() <= 2);
        assertThat(site.calls(ZaiEndpoint.CHAT_V2))
                .as("nothing was refused there")
                .isEqualTo(served);
    }

    @Test
    void aCallerWhoLeavesWhileItFlowsStopsTheService() {
        stage.accounts(site, 1);
        var ticks = ZaiAnswer.of();
        for (int i = 0; i < 2_000; i++) {
            ticks.says("tick ");
        }
        site.chat().says(ticks.done().by(Delivery.WHOLE.at(Pace.every(Duration.ofMillis(10)))));

        leaveAfterATick();

        assertLeft();
    }

    @Test
    void aCallerWhoLeavesWhileAllIsSilentStopsTheServiceToo() {
        stage.accounts(site, 1);
        site.chat().says(ZaiAnswer.saying("tick ", "tock").by(Delivery.WHOLE.ends(Ending.STALL, 1)));

        leaveAfterATick();

        assertLeft();
    }

    @Test
    void aPlaceOnASessionIsFreeAgainHoweverItsAnswerEnds() {
        stage.accounts(site, 1);
        site.chat().streamsPerSession(2);
        for (int i = 0; i < 2; i++) {
            site.chat()
                    .says(
                            ZaiAnswer.saying("a", "b").by(Delivery.WHOLE.ends(Ending.CUT, 1)),
                            ZaiAnswer.of().says("a").fails("boom", 500));
            stage.ask(true);
            stage.ask(true);
        }

        await().until(() -> stage.ask(true).body().contains("how can I help?"));
    }

    private void leaveAfterATick() {
        try (var client = new RawClient(stage.gateway().port())) {
            client.send(RawClient.chat("{\"model\":\"" + ZaiGateway.MODEL
                            + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"))
                    .readUntil("tick");
            client.reset();
        }
    }

    private void assertLeft() {
        await().until(() -> !site.chat().ended().isEmpty());
        assertThat(site.chat().ended().getFirst().ending()).isEqualTo(Ending.LEFT);
    }
}
