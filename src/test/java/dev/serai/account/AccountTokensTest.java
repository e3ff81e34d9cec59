package dev.serai.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.secret.Sealer;
import dev.serai.secret.Secret;
import dev.serai.testkit.TestClock;
import dev.serai.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class AccountTokensTest {

    private final TestDatabase database = TestDatabase.fresh();
    private final JdbcClient jdbc = database.jdbc();
    private final Secret keyset = new Secret(Sealer.newKeyset());
    private final TestClock clock = new TestClock();
    private final FakeProvider provider = FakeProvider.create(jdbc);
    private volatile boolean databaseAway;
    private final Replica here = replica();

    private Replica replica() {
        return new Replica(jdbc, this::open, keyset, provider, clock::nanos);
    }

    private java.sql.Connection open() throws SQLException {
        if (databaseAway) {
            throw new SQLException("away");
        }
        return database.dataSource().getConnection();
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private void add(String id) {
        here.accounts.add(id, FakeProvider.KIND, provider.login(id));
    }

    private static Failure refusal(Runnable work) {
        return catchThrowableOfType(Refusal.class, work::run).failure();
    }

    private String stored(String id) {
        return here.accounts.secret(id).orElseThrow().reveal();
    }

    @Test
    void aTokenIsAskedForOnceAndSharedWithOtherReplicas() {
        add("a");
        var token = here.tokens.of("a");
        assertThat(token.value().reveal()).isEqualTo(FakeProvider.access("a", 1));
        assertThat(token.subject()).isEqualTo("user-of-a");
        assertThat(here.tokens.of("a")).isSameAs(token);
        assertThat(replica().tokens.of("a")).isEqualTo(token);
        assertThat(provider.asked("a")).isEqualTo(1);
        assertThat(stored("a")).isEqualTo(FakeProvider.secret("a", 1));
    }

    @Test
    void aTokenIsRenewedAheadOfItsEndWithoutAnybodyWaiting() {
        add("a");
        var first = here.tokens.of("a");
        clock.pass(Duration.ofMinutes(54));
        jdbc.sql("update account set renew_at = now() - interval '1 second'").update();
        assertThat(here.tokens.of("a")).isEqualTo(first);
        await().until(() -> here.tokens.of("a").generation() == 2);
        assertThat(provider.granted("a")).isEqualTo(2);
    }

    @Test
    void aTokenNearItsEndIsGivenToNobody() {
        add("a");
        here.tokens.of("a");
        jdbc.sql(
                        "update account set access_from = now() - interval '1 hour', access_until = now() + interval '50 seconds'")
                .update();
        assertThat(replica().tokens.of("a").generation()).isEqualTo(2);
        clock.pass(Duration.ofMinutes(59).plusSeconds(30));
        assertThat(here.tokens.of("a").generation()).isEqualTo(2);
    }

    @Test
    void aRefusedTokenIsForgottenEverywhere() {
        add("a");
        var there = replica();
        var token = here.tokens.of("a");
        there.tokens.of("a");
        here.tokens.refused(token);
        there.tokens.refused(token);
        here.tokens.refused(token);
        assertThat(here.tokens.of("a").generation()).isEqualTo(2);
        there.tokens.refused(token);
        assertThat(there.tokens.of("a").generation()).isEqualTo(2);
        assertThat(provider.asked("a")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "dead, KEY_DEAD, dead, The refresh token has expired.",
        "limited, RATE, resting, Too many logins.",
        "blocked, RATE, resting, It asks for a captcha.",
        "unreachable, RATE, resting, Its provider gave no tokens."
    })
    void deadLimitedBlockedAndUnreachableAreToldApart(String mode, FailureClass type, String health, String reason) {
        add("a");
        provider.mode("a", mode);
        var failure = refusal(() -> here.tokens.of("a"));
        assertThat(failure.type()).isEqualTo(type);
        assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(failure.message()).isEqualTo(reason);
        assertThat(here.standing("a").health().word()).isEqualTo(health);
        assertThat(here.standing("a").lastFailure()).isEqualTo(reason);
        assertThat(stored("a")).isEqualTo(FakeProvider.secret("a", 0));
    }

    @Test
    void aDeadAccountIsNotAskedAgainByCalls() {
        add("a");
        provider.mode("a", "dead");
        refusal(() -> here.tokens.of("a"));
        refusal(() -> here.tokens.of("a"));
        assertThat(provider.asked("a")).isEqualTo(1);
    }

    @Test
    void theTokenBeforeTheNewestGetsOneMoreAttempt() {
        add("a");
        var token = here.tokens.of("a");
        jdbc.sql("update fake_login set secret = 'somebody-else-has-rotated-it', previous = :kept")
                .param("kept", FakeProvider.secret("a", 0))
                .update();
        here.tokens.refused(token);
        assertThat(here.tokens.of("a").generation()).isEqualTo(2);
        assertThat(provider.asked("a")).isEqualTo(3);

        jdbc.sql("update fake_login set secret = 'lost', previous = null").update();
        here.tokens.refused(here.tokens.of("a"));
        refusal(() -> here.tokens.of("a"));
        assertThat(provider.asked("a")).isEqualTo(5);
        here.checks.check("a");
        assertThat(provider.asked("a")).as("the old one had its attempt").isEqualTo(6);
    }

    @Test
    void whoHasAGoodTokenGoesOnWhenTheRenewalFails() {
        add("a");
        var token = here.tokens.of("a");
        provider.mode("a", "dead");
        here.tokens.renewAhead("a");
        assertThat(provider.asked("a")).as("it is too early").isEqualTo(1);
        jdbc.sql("update account set renew_at = now() - interval '1 second'").update();
        here.tokens.renewAhead("a");
        assertThat(provider.asked("a"))
                .as("with the newest secret and with the one before")
                .isEqualTo(3);
        assertThat(here.tokens.of("a")).isEqualTo(token);
        assertThat(here.standing("a").health()).isEqualTo(Health.HEALTHY);
        assertThat(here.standing("a").lastFailure()).isEqualTo("The refresh token has expired.");
    }

    @Test
    void withoutTheDatabaseTokensAtHandGoOn() {
        add("a");
        add("b");
        var token = here.tokens.of("a");
        databaseAway = true;
        assertThat(here.tokens.of("a")).isEqualTo(token);
        assertThat(refusal(() -> here.tokens.of("b")).type()).isEqualTo(FailureClass.RATE);
        databaseAway = false;
        clock.pass(Duration.ofSeconds(2));
        assertThat(here.tokens.of("b").generation()).isEqualTo(1);
    }

    @Test
    void anAccountThatIsNotThereIsRefused() {
        assertThat(refusal(() -> here.tokens.of("nobody")).type()).isEqualTo(FailureClass.KEY_DEAD);
    }

    @Test
    void nothingOfATokenIsReadableInTheDatabase() {
        add("a");
        here.tokens.of("a");
        here.tokens.refused(here.tokens.of("a"));
        here.tokens.of("a");
        String dump = String.join(
                "\n",
                jdbc.sql("select account::text || encode(secret, 'escape') || encode(previous_secret, 'escape')"
                                + " || encode(access_token, 'escape') from account")
                        .query(String.class)
                        .list());
        assertThat(dump).doesNotContain("refresh-token-of").doesNotContain("access-token-of");
    }
}
