package dev.serai.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.credential.PoolMember;
import dev.serai.database.News;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.secret.Sealer;
import dev.serai.secret.Secret;
import dev.serai.testkit.TestClock;
import dev.serai.testkit.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two gateways on one database. */
class AccountPoolTest {

    private static final Duration NO_REST = Duration.ZERO;

    private final TestDatabase database = TestDatabase.fresh();
    private final JdbcClient jdbc = database.jdbc();
    private final Secret keyset = new Secret(Sealer.newKeyset());
    private final TestClock clock = new TestClock();
    private final FakeProvider provider = FakeProvider.create(jdbc);
    private final Replica here = replica();
    private final Replica there = replica();
    private final News newsHere = news(here);
    private final News newsThere = news(there);

    private Replica replica() {
        return new Replica(jdbc, () -> database.dataSource().getConnection(), keyset, provider, clock::nanos);
    }

    private News news(Replica replica) {
        return new News(
                "account", "accounts", () -> database.url().connect("test", Duration.ofSeconds(2)), replica.pools);
    }

    @BeforeEach
    void start() {
        newsHere.start();
        newsThere.start();
        await().until(() -> here.pools.hears() && there.pools.hears());
    }

    @AfterEach
    void stop() {
        newsHere.stop();
        newsThere.stop();
        database.close();
    }

    private void add(String id) {
        here.accounts.put(id, FakeProvider.KIND, provider.login(id));
        await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> {
            assertThat(here.members()).contains(id);
            assertThat(there.members()).contains(id);
        });
    }

    private static Failure failure(FailureClass type) {
        return Failure.of(Kind.OVERLOADED, type, "No provider can take the request right now.");
    }

    private PoolMember member(String id) {
        return here.pool.members("").all().stream()
                .filter(member -> member.name().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void accountsComeAndGoEverywhereWithinASecond() {
        assertThat(here.pool.trouble("")).isEqualTo("there is no account for chatglm-web");
        add("a");
        add("b");
        assertThat(here.pool.trouble("")).isEmpty();
        here.accounts.delete("a");
        await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> {
            assertThat(here.members()).containsExactly("b");
            assertThat(there.members()).containsExactly("b");
        });
    }

    @Test
    void theMembersAreTheSameObjectUntilTheyChange() {
        add("a");
        var before = here.pool.members("");
        here.pools.read();
        assertThat(here.pool.members("")).isSameAs(before);
    }

    @Test
    void whoIsLimitedRestsInAllReplicasAndComesBackByItself() {
        add("a");
        add("b");
        here.pool.failed(member("a"), failure(FailureClass.RATE), Duration.ofSeconds(40));
        await().untilAsserted(() -> assertThat(there.members()).containsExactly("b"));
        await().untilAsserted(() -> assertThat(here.members()).containsExactly("b"));
        assertThat(here.standing("a").health()).isEqualTo(Health.RESTING);
        assertThat(here.standing("a").lastFailure()).isEqualTo("Too many requests.");
        clock.pass(Duration.ofSeconds(41));
        assertThat(there.members()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aSuccessAfterARestIsWrittenDown() {
        add("a");
        here.pool.failed(member("a"), failure(FailureClass.RATE), Duration.ofSeconds(40));
        await().until(() -> here.members().isEmpty());
        jdbc.sql("update account set rests_until = now() - interval '1 second'").update();
        await().until(() -> here.members().contains("a"));
        here.pool.succeeded(member("a"));
        await().until(() -> here.standing("a").health() == Health.HEALTHY);
        assertThat(here.standing("a").failures()).isZero();
    }

    @Test
    void aFailureThatIsNotTheAccountsLeavesItAlone() {
        add("a");
        here.pool.failed(member("a"), failure(FailureClass.UPSTREAM), NO_REST);
        here.pool.failed(member("a"), failure(FailureClass.KEY_RIGHTS), Duration.ofHours(1));
        here.pool.failed(member("a"), failure(FailureClass.RATE), Duration.ofSeconds(1));
        here.notes.flush();
        assertThat(here.standing("a").uses()).isEqualTo(3);
        assertThat(here.standing("a").lastUsedAt()).isNotNull();
        assertThat(here.standing("a").health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void whoIsDeadIsTriedNoMoreAndRevivedByACheckUnderANewState() {
        add("a");
        var before = member("a");
        here.pool.failed(before, failure(FailureClass.KEY_DEAD), Duration.ofSeconds(30));
        await().untilAsserted(() -> assertThat(there.members()).isEmpty());
        assertThat(there.pool.trouble(""))
                .isEqualTo("no account for chatglm-web can be used: Its provider refuses it (1)");
        assertThat(there.pool.soonest("")).isEqualTo(Replica.INTERVAL);

        assertThat(there.checks.check("a").live()).isTrue();
        await().untilAsserted(() -> assertThat(here.members()).containsExactly("a"));
        assertThat(member("a")).isNotEqualTo(before);
        here.pool.failed(before, failure(FailureClass.KEY_DEAD), Duration.ofSeconds(30));
        here.pools.read();
        assertThat(here.members()).as("a late word on its old state").containsExactly("a");
    }

    @Test
    void aNewLoginRevivesADeadAccount() {
        add("a");
        provider.mode("a", "dead");
        assertThat(here.checks.check("a")).isEqualTo(new AccountChecks.Check(false, "The refresh token has expired."));
        await().until(() -> there.members().isEmpty());
        provider.mode("a", "well");
        jdbc.sql("update fake_login set secret = 'fresh-login-of-a'").update();
        assertThat(here.accounts.put("a", FakeProvider.KIND, new Secret("fresh-login-of-a")))
                .isTrue();
        await().untilAsserted(() -> assertThat(there.members()).containsExactly("a"));
        assertThat(there.tokens.of("a").value().reveal()).isEqualTo(FakeProvider.access("a", 1));
    }

    @Test
    void aDeadAccountIsCheckedEveryIntervalWhileThePoolHasNobodyElse() {
        add("a");
        add("b");
        provider.mode("%", "dead");
        here.checks.check("a");
        here.checks.check("b");
        provider.mode("%", "well");
        here.upkeep.run();
        assertThat(provider.asked("%")).as("too early").isEqualTo(2);
        jdbc.sql(
                        "update account set checked_at = now() - interval '26 seconds', next_check_at = now() + interval '1 hour'")
                .update();
        here.upkeep.run();
        assertThat(provider.granted("%")).isEqualTo(2);
        await().untilAsserted(() -> assertThat(there.members()).containsExactlyInAnyOrder("a", "b"));
    }

    @Test
    void aDeadAccountOfAWellPoolIsCheckedLessAndLessOften() {
        add("a");
        add("b");
        provider.mode("a", "dead");
        for (int i = 0; i < 8; i++) {
            here.checks.check("a");
        }
        assertThat(jdbc.sql("select extract(epoch from next_check_at - now())::int from account where id = 'a'")
                        .query(Integer.class)
                        .single())
                .isBetween(1_790, 1_800);
        jdbc.sql("update account set checked_at = now() - interval '1 minute'").update();
        here.upkeep.run();
        assertThat(provider.asked("a")).isEqualTo(8);
    }

    @Test
    void usedTokensAreRenewedByTheUpkeepAndIdleOnesAreNot() {
        add("a");
        add("b");
        here.tokens.of("a");
        here.tokens.of("b");
        here.pool.succeeded(member("a"));
        here.notes.flush();
        jdbc.sql("update account set renew_at = now() - interval '1 second'").update();
        here.upkeep.run();
        there.upkeep.run();
        assertThat(provider.granted("a")).isEqualTo(2);
        assertThat(provider.granted("b")).isEqualTo(1);
    }

    @Test
    void somebodyOfThePoolHasToWorkForThePoolToBeLive() {
        assertThat(here.checks.anyLive()).isFalse();
        add("a");
        add("b");
        provider.mode("a", "dead");
        assertThat(here.checks.anyLive()).isTrue();
        provider.mode("b", "dead");
        here.tokens.refused(here.tokens.of("b"));
        assertThat(here.checks.anyLive()).isFalse();
    }
}
