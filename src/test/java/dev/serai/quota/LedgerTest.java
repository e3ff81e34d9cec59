package dev.serai.quota;

import static dev.serai.quota.Ledgers.ask;
import static dev.serai.quota.Ledgers.perDay;
import static dev.serai.quota.Ledgers.perFiveHours;
import static dev.serai.quota.Ledgers.rates;
import static dev.serai.quota.Ledgers.spending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.tenant.KeyLimits;
import dev.serai.testkit.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static TestDatabase database;
    private static Ledgers ledgers;

    @BeforeAll
    static void create() {
        database = TestDatabase.fresh();
        ledgers = new Ledgers(database);
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @AfterEach
    void everythingAddsUp() {
        assertThat(ledgers.drift()).isEmpty();
        ledgers.jdbc
                .sql("truncate quota_account, quota_bucket, reservation, usage_event, usage_minute, api_key")
                .update();
    }

    /** The example of GLM Proxy's README: 100,000 tokens in a rolling window. */
    @Test
    void tenTwentyFiftyAreAdmittedAndThirtyIsLimited() {
        for (var limits : List.of(perDay(100_000), perFiveHours(100_000))) {
            var key = ledgers.key(limits);
            for (long tokens : new long[] {10_000, 20_000, 50_000}) {
                var ask = ask(key, tokens);
                assertThat(ledgers.admits(ask)).isTrue();
                ledgers.settle(ask, tokens - 100, 100);
            }
            assertThat(ledgers.admits(ask(key, 30_000))).isFalse();
            assertThat(ledgers.admits(ask(key, 20_000))).isTrue();
        }
    }

    @Test
    void aCallIsAdmittedUpToExactlyTheLimit() {
        var key = ledgers.key(perDay(100));
        assertThat(ledgers.admits(ask(key, 60))).isTrue();
        assertThat(ledgers.admits(ask(key, 41))).isFalse();
        assertThat(ledgers.admits(ask(key, 40))).isTrue();
        assertThat(ledgers.admits(ask(key, 1))).isFalse();
    }

    @Test
    void windowsRollByTheMinute() {
        var day = ledgers.key(perDay(100));
        var fiveHours = ledgers.key(perFiveHours(100));
        for (var key : List.of(day, fiveHours)) {
            var ask = ask(key, 100);
            assertThat(ledgers.admits(ask)).isTrue();
            ledgers.settle(ask, 50, 50);
        }
        // a minute of the clock may begin meanwhile
        ledgers.timePasses(Duration.ofHours(5).minusMinutes(1));
        assertThat(ledgers.admits(ask(fiveHours, 1))).isFalse();
        ledgers.timePasses(Duration.ofMinutes(2));
        assertThat(ledgers.admits(ask(fiveHours, 100))).isTrue();
        ledgers.timePasses(Duration.ofHours(19).minusMinutes(2));
        assertThat(ledgers.admits(ask(day, 1))).isFalse();
        ledgers.timePasses(Duration.ofMinutes(2));
        assertThat(ledgers.admits(ask(day, 100))).isTrue();
    }

    @Test
    void aWindowGivesBackBucketByBucket() {
        var key = ledgers.key(perFiveHours(100));
        for (int i = 0; i < 10; i++) {
            var ask = ask(key, 10);
            assertThat(ledgers.admits(ask)).isTrue();
            ledgers.settle(ask, 5, 5);
            ledgers.timePasses(Duration.ofMinutes(10));
        }
        assertThat(ledgers.admits(ask(key, 1))).isFalse();
        // the first left 5 h and 1 min after it was settled: 100 min have passed since
        ledgers.timePasses(Duration.ofMinutes(201));
        assertThat(ledgers.admits(ask(key, 10))).isTrue();
        assertThat(ledgers.admits(ask(key, 1))).isFalse();
    }

    @Test
    void aKeyThatSleptForDaysStartsWithEmptyWindows() {
        var key = ledgers.key(perDay(100));
        var ask = ask(key, 90);
        assertThat(ledgers.admits(ask)).isTrue();
        ledgers.settle(ask, 45, 45);
        ledgers.timePasses(Duration.ofDays(3));
        assertThat(ledgers.admits(ask(key, 100))).isTrue();
    }

    @Test
    void aRefusalSaysWhenEnoughFreesUp() {
        var key = ledgers.key(perFiveHours(100));
        var early = ask(key, 30);
        assertThat(ledgers.admits(early)).isTrue();
        ledgers.settle(early, 15, 15);
        ledgers.timePasses(Duration.ofHours(1));
        var late = ask(key, 60);
        assertThat(ledgers.admits(late)).isTrue();
        ledgers.settle(late, 30, 30);

        // 10 are left; for 30 the first bucket must go: in 4 h and up to 1 min; for 90 the second, too
        assertThat(ledgers.reserve(key, 30).retryAfter()).isBetween(Duration.ofMinutes(239), Duration.ofMinutes(241));
        assertThat(ledgers.reserve(key, 90).retryAfter()).isBetween(Duration.ofMinutes(299), Duration.ofMinutes(301));
        var never = ledgers.reserve(key, 101);
        assertThat(never.refusedBy()).isEqualTo(Limit.FIVE_HOURS);
        assertThat(never.retryAfter()).isNull();
    }

    @Test
    void reservationsAloneAreWaitedForShortly() {
        var key = ledgers.key(perDay(100));
        assertThat(ledgers.admits(ask(key, 100))).isTrue();
        assertThat(ledgers.reserve(key, 1).retryAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void ofSeveralLimitsTheLongestWaitIsTold() {
        var key = ledgers.key(new KeyLimits(100L, 50L, 1, null, null, null, null));
        var ask = ask(key, 50);
        assertThat(ledgers.admits(ask)).isTrue();
        ledgers.settle(ask, 25, 25);
        var verdict = ledgers.reserve(key, 60);
        assertThat(verdict.refusedBy()).isEqualTo(Limit.FIVE_HOURS);
        assertThat(ledgers.reserve(key, 40).retryAfter()).isBetween(Duration.ofMinutes(299), Duration.ofMinutes(301));
    }

    @Test
    void callsOfAMinuteAreCountedInARollingWindow() {
        var key = ledgers.key(rates(3, null, null));
        for (int i = 0; i < 3; i++) {
            var ask = ask(key, 1);
            assertThat(ledgers.admits(ask)).isTrue();
            ledgers.settle(ask, 1, 1);
            ledgers.timePasses(Duration.ofSeconds(10));
        }
        var refused = ledgers.reserve(key, 1);
        assertThat(refused.refusedBy()).isEqualTo(Limit.MINUTE_CALLS);
        assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(35));
        ledgers.timePasses(Duration.ofSeconds(15));
        assertThat(ledgers.reserve(key, 1).refusedBy()).isEqualTo(Limit.MINUTE_CALLS);
        ledgers.timePasses(Duration.ofSeconds(20));
        assertThat(ledgers.admits(ask(key, 1))).isTrue();
    }

    @Test
    void refusedCallsUseUpNothing() {
        var key = ledgers.key(rates(1, null, null));
        assertThat(ledgers.admits(ask(key, 1))).isTrue();
        for (int i = 0; i < 5; i++) {
            assertThat(ledgers.admits(ask(key, 1))).isFalse();
            ledgers.timePasses(Duration.ofSeconds(10));
        }
        ledgers.timePasses(Duration.ofSeconds(15));
        assertThat(ledgers.admits(ask(key, 1))).isTrue();
    }

    @Test
    void tokensOfAMinuteRollToo() {
        var key = ledgers.key(rates(null, 100L, null));
        var ask = ask(key, 10);
        assertThat(ledgers.admits(ask)).isTrue();
        ledgers.settle(ask, 40, 50);
        assertThat(ledgers.reserve(key, 20).refusedBy()).isEqualTo(Limit.MINUTE_TOKENS);
        assertThat(ledgers.admits(ask(key, 10))).isTrue();
        ledgers.timePasses(Duration.ofSeconds(65));
        assertThat(ledgers.admits(ask(key, 90))).isTrue();
    }

    @Test
    void callsInFlightAreCountedUntilTheyAreSettled() {
        var key = ledgers.key(rates(null, null, 2));
        var first = ask(key, 1);
        assertThat(ledgers.admits(first)).isTrue();
        assertThat(ledgers.admits(ask(key, 1))).isTrue();
        assertThat(ledgers.reserve(key, 1).refusedBy()).isEqualTo(Limit.CONCURRENT);
        ledgers.settle(first, 0, 0);
        assertThat(ledgers.admits(ask(key, 1))).isTrue();
    }

    @Test
    void moneyIsCountedInBillionths() {
        var key = ledgers.key(spending("0.01"));
        var ask = ask(key, 1, 4_000_000);
        assertThat(ledgers.admits(ask)).isTrue();
        ledgers.settle(ask, 1, 1, 6_000_001);
        var refused = ledgers.repository.reserve(ask(key, 1, 4_000_000), 0);
        assertThat(refused.refusedBy()).isEqualTo(Limit.SPEND);
        assertThat(refused.retryAfter()).isBetween(Duration.ofMinutes(1439), Duration.ofMinutes(1441));
        assertThat(ledgers.admits(ask(key, 1, 3_999_999))).isTrue();
    }

    @Test
    void spendingInAnotherCurrencyIsNotTheLimits() {
        var limits = new KeyLimits(null, null, null, null, null, new BigDecimal("1"), "CNY");
        var key = ledgers.key(limits);
        var ask = ask(key, 1, 0);
        assertThat(ledgers.admits(ask)).isTrue();
        ledgers.settle(ask, 1, 1, 5_000_000_000L);
        assertThat(ledgers.admits(ask(key, 1, 1_000_000_000L))).isTrue();
    }

    @Test
    void spendingStartsAnew() {
        var key = ledgers.key(spending("1"));
        var ask = ask(key, 1, 0);
        assertThat(ledgers.admits(ask)).isTrue();
        ledgers.settle(ask, 1, 1, 1_000_000_000L);
        assertThat(ledgers.admits(ask(key, 1, 1))).isFalse();
        ledgers.jdbc
                .sql("select from restart_spending(?)")
                .param(key.id())
                .query((row, number) -> 1)
                .list();
        assertThat(ledgers.admits(ask(key, 1, 1_000_000_000L))).isTrue();
    }

    @Test
    void reservingTwiceForOneCallCountsOnce() {
        var key = ledgers.key(perDay(100));
        var ask = ask(key, 60);
        assertThat(ledgers.admits(ask)).isTrue();
        assertThat(ledgers.admits(ask)).isTrue();
        assertThat(ledgers.admits(ask(key, 40))).isTrue();
    }

    @Test
    void settlingTwiceChangesNothing() {
        var key = ledgers.key(perDay(100));
        var ask = ask(key, 60);
        assertThat(ledgers.admits(ask)).isTrue();
        assertThat(ledgers.settle(ask, 10, 10)).isEqualTo(1);
        assertThat(ledgers.settle(ask, 10, 10)).isZero();
        assertThat(ledgers.settle(ask, 30, 30)).isZero();
        assertThat(ledgers.reserve(key, 80).state().dayTokens()).isEqualTo(20);
    }

    @Test
    void usageAboveTheReservationIsSettledInTruthAndStopsTheNextCall() {
        var key = ledgers.key(perDay(100));
        var ask = ask(key, 10);
        assertThat(ledgers.admits(ask)).isTrue();
        ledgers.settle(ask, 100, 400);
        var verdict = ledgers.reserve(key, 1);
        assertThat(verdict.refusedBy()).isEqualTo(Limit.DAY);
        assertThat(verdict.state().dayTokens()).isEqualTo(500);
    }

    @Test
    void whatIsOwedStandsInTheWayBeforeItIsSettled() throws Exception {
        var key = ledgers.key(perDay(100));
        var ask = ask(key, 10);
        assertThat(ledgers.ledger.reserve(ask).refusedBy()).isNull();
        ledgers.ledger.hold(ask).used(new dev.serai.message.Usage(50, 0, 0, 45, 0, false));
        assertThat(ledgers.ledger.reserve(ask(key, 6)).refusedBy()).isEqualTo(Limit.DAY);
        ledgers.settle(ask, 50, 45);
        ledgers.ledger.settled(List.of(ask.call()));
        assertThat(ledgers.ledger.reserve(ask(key, 5)).refusedBy()).isNull();
    }

    @Test
    void aReservationThatNobodyMovesOnIsSweptAndItsInputCharged() {
        var key = ledgers.key(perDay(100));
        var ask = ask(key, 60);
        assertThat(ledgers.admits(ask)).isTrue();
        assertThat(ledgers.repository.sweep(10)).isZero();
        ledgers.timePasses(Duration.ofSeconds(61));
        assertThat(ledgers.repository.sweep(10)).isEqualTo(1);
        assertThat(ledgers.count("reservation")).isZero();
        var state = ledgers.reserve(key, 1).state();
        assertThat(state.dayTokens()).isEqualTo(30);
        assertThat(ledgers.jdbc
                        .sql("select outcome || ' ' || input_tokens || ' ' || estimated from usage_event")
                        .query(String.class)
                        .single())
                .isEqualTo("lost 30 true");
    }

    @Test
    void aReservationThatIsMovedOnIsNotSwept() {
        var key = ledgers.key(perDay(100));
        var ask = ask(key, 60);
        assertThat(ledgers.admits(ask)).isTrue();
        ledgers.timePasses(Duration.ofSeconds(59));
        ledgers.ledger.hold(ask);
        ledgers.ledger.renew();
        ledgers.timePasses(Duration.ofSeconds(59));
        assertThat(ledgers.repository.sweep(10)).isZero();
    }

    @Test
    void aCallThatReportsAfterAllIsChargedWhatItUsedAndNothingElse() {
        var key = ledgers.key(perDay(1_000));
        var ask = ask(key, 60, 2_000);
        assertThat(ledgers.admits(ask)).isTrue();
        ledgers.timePasses(Duration.ofSeconds(61));
        assertThat(ledgers.repository.sweep(10)).isEqualTo(1);
        assertThat(ledgers.settle(ask, 7, 4, 500)).isEqualTo(1);
        assertThat(ledgers.reserve(key, 1).state().dayTokens()).isEqualTo(11);
        assertThat(ledgers.jdbc
                        .sql("select outcome || ' ' || input_tokens || ' ' || output_tokens from usage_event")
                        .query(String.class)
                        .list())
                .containsExactly("ok 7 4");
    }
}
