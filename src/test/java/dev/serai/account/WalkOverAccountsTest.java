package dev.serai.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.routing.CandidatePlan;
import dev.serai.routing.CredentialPools;
import dev.serai.routing.FailoverState;
import dev.serai.routing.Walk;
import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.ProviderEntry;
import dev.serai.routing.config.Timeouts;
import dev.serai.secret.Sealer;
import dev.serai.secret.Secret;
import dev.serai.testkit.Figures;
import dev.serai.testkit.ModelEntries;
import dev.serai.testkit.TestClock;
import dev.serai.testkit.TestDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Calls over a pool: accounts stand where keys stand. */
class WalkOverAccountsTest {

    private final TestDatabase database = TestDatabase.fresh();
    private final JdbcClient jdbc = database.jdbc();
    private final TestClock clock = new TestClock();
    private final FakeProvider provider = FakeProvider.create(jdbc);
    private final Secret keyset = new Secret(Sealer.newKeyset());
    private final Replica here = new Replica(
            jdbc, () -> database.dataSource().getConnection(), keyset, provider, clock::nanos, Duration.ofSeconds(30));
    private final FailoverState state =
            FailoverState.empty(clock::nanos, new Random(7), host -> 0, new CredentialPools(List.of(here.pool)));
    private final CandidatePlan plan = state.plans().plan(entry());
    private final Map<String, Integer> answers = new HashMap<>();

    @AfterEach
    void drop() {
        database.close();
    }

    private static ModelEntry entry() {
        var none = JsonNodeFactory.instance.objectNode();
        var provider = new ProviderEntry(
                FakeProvider.KIND, "glm", List.of(), "https://chatglm.cn", none, 1, false, null, null, Timeouts.NONE);
        return ModelEntries.entry("glm", provider);
    }

    private void ten() {
        for (int i = 0; i < 10; i++) {
            here.accounts.put("a" + i, FakeProvider.KIND, provider.login("a" + i));
        }
        here.pools.read();
    }

    /** One call: null when somebody answered it. */
    private @Nullable Failure call() {
        try (var walk = new Walk(state, plan, "", Long.MAX_VALUE, false)) {
            for (var at = walk.next(); at != null; at = walk.next()) {
                try {
                    var name = Objects.requireNonNull(at.member()).name();
                    here.tokens.of(name);
                    walk.succeeded(at);
                    answers.merge(name, 1, Integer::sum);
                    return null;
                } catch (Refusal e) {
                    walk.failed(at, e.failure());
                }
            }
            return walk.verdict();
        }
    }

    @Test
    void allAccountsOfAPoolTakeTheirTurn() {
        ten();
        for (int i = 0; i < 100; i++) {
            assertThat(call()).isNull();
        }
        assertThat(answers)
                .hasSize(10)
                .allSatisfy((account, count) -> assertThat(count).isEqualTo(10));
    }

    @Test
    void oneHealthyAccountOfTenCarriesEveryCall() {
        ten();
        for (int i = 1; i < 10; i++) {
            provider.mode(
                    "a" + i,
                    List.of("dead", "limited", "blocked", "unreachable").get(i % 4));
        }
        int failed = 0;
        for (int i = 0; i < 200; i++) {
            failed += call() == null ? 0 : 1;
            clock.pass(Duration.ofMillis(500));
        }
        assertThat(failed).isZero();
        assertThat(answers).containsOnlyKeys("a0");
        Figures.say(failed + " of 200 calls failed with one healthy account of ten");
    }

    @Test
    void aPoolWithoutAHealthyAccountIs503WithTheReasonAndRecoversWithinAnInterval() {
        ten();
        provider.mode("%", "dead");
        assertThat(call()).isNotNull();
        await().untilAsserted(() -> {
            here.pools.read();
            assertThat(here.members()).isEmpty();
        });
        var told = Objects.requireNonNull(call());
        assertThat(told.kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(told.message())
                .isEqualTo("No provider can take the request right now: no account for chatglm-web can be used:"
                        + " The refresh token has expired (10).");
        assertThat(told.retryAfter()).isEqualTo(Duration.ofSeconds(30));

        provider.mode("%", "well");
        for (int round = 0; round < 6; round++) {
            jdbc.sql("update account set checked_at = checked_at - interval '5 seconds',"
                            + " next_check_at = next_check_at - interval '5 seconds'")
                    .update();
            clock.pass(Duration.ofSeconds(5));
            here.upkeep.run();
        }
        here.pools.read();
        assertThat(here.members()).hasSize(10);
        assertThat(call()).isNull();
    }

    @Test
    void aCallThatMustGoToOneAccountIsTriedAtNoOther() {
        ten();
        for (int i = 0; i < 5; i++) {
            try (var walk = new Walk(state, plan, "", Long.MAX_VALUE, false, Map.of(FakeProvider.KIND, "a7"))) {
                var at = Objects.requireNonNull(walk.next());
                assertThat(Objects.requireNonNull(at.member()).name()).isEqualTo("a7");
                walk.failed(
                        at,
                        Failure.of(Kind.OVERLOADED, FailureClass.RATE, "as RATE")
                                .withRetryAfter(Duration.ZERO));
                assertThat(walk.next()).isNull();
            }
        }
    }

    @Test
    void aPoolWithoutAccountsSaysSo() {
        var told = Objects.requireNonNull(call());
        assertThat(told.type()).isEqualTo(FailureClass.OVERLOAD);
        assertThat(told.message())
                .isEqualTo("No provider can take the request right now: there is no account for chatglm-web.");
    }

    @Test
    void anAccountThatIsAddedServesTheNextCallWithoutANewConfiguration() {
        assertThat(call()).isNotNull();
        here.accounts.put("new", FakeProvider.KIND, provider.login("new"));
        here.pools.read();
        assertThat(call()).isNull();
        here.accounts.delete("new");
        here.pools.read();
        assertThat(call()).isNotNull();
    }
}
