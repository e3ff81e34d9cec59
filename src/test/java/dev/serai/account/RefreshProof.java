package dev.serai.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.database.DatabaseUrl;
import dev.serai.message.Refusal;
import dev.serai.secret.Sealer;
import dev.serai.secret.Secret;
import dev.serai.testkit.Figures;
import dev.serai.testkit.Forked;
import dev.serai.testkit.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Processes that share accounts: one asks for all, and none of them takes an account with it when it is killed. */
class RefreshProof {

    private static final int CALLERS = 200;

    private final TestDatabase database = TestDatabase.fresh();
    private final JdbcClient jdbc = database.jdbc();
    private final Secret keyset = new Secret(Sealer.newKeyset());
    private final FakeProvider provider = FakeProvider.create(jdbc);

    @AfterEach
    void drop() {
        database.close();
    }

    /** Where a process ends while it brings a token. */
    enum Point {
        BEFORE_THE_PROVIDER_IS_ASKED,
        AFTER_THE_PROVIDER_HAS_ROTATED,
        BEFORE_THE_COMMIT,
        AFTER_THE_COMMIT,
        AFTER_THE_FIRST_USE,
        NOWHERE
    }

    /** The other process. */
    static final class Other {

        private Other() {}

        public static void main(String[] arguments) throws Exception {
            var url = DatabaseUrl.parse(arguments[0]);
            var keyset = new Secret(arguments[1]);
            var point = Point.valueOf(arguments[2]);
            var jdbc = JdbcClient.create(TestDatabase.plain(url));
            var replica = new Replica(
                    jdbc,
                    () -> ending(TestDatabase.plain(url).getConnection(), point),
                    keyset,
                    ending(new FakeProvider(jdbc), point),
                    System::nanoTime);
            Forked.say("ready");
            Forked.hear();
            Forked.say(String.join(" ", together(replica)));
            end(point == Point.AFTER_THE_FIRST_USE);
            Forked.waitToBeKilled();
        }

        private static TokenIssuer ending(TokenIssuer provider, Point point) {
            return new TokenIssuer() {
                @Override
                public String provider() {
                    return provider.provider();
                }

                @Override
                public TokenAnswer ask(TokenAsk ask) {
                    end(point == Point.BEFORE_THE_PROVIDER_IS_ASKED);
                    var answer = provider.ask(ask);
                    end(point == Point.AFTER_THE_PROVIDER_HAS_ROTATED);
                    return answer;
                }
            };
        }

        private static Connection ending(Connection connection, Point point) {
            return (Connection) java.lang.reflect.Proxy.newProxyInstance(
                    Other.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        boolean commit = method.getName().equals("commit");
                        end(commit && point == Point.BEFORE_THE_COMMIT);
                        try {
                            return method.invoke(connection, arguments);
                        } catch (java.lang.reflect.InvocationTargetException e) {
                            throw e.getCause();
                        } finally {
                            end(commit && point == Point.AFTER_THE_COMMIT);
                        }
                    });
        }

        private static void end(boolean now) {
            if (now) {
                Runtime.getRuntime().halt(9);
            }
        }
    }

    /** The different tokens that many callers at once are given. */
    private static Set<String> together(Replica replica) throws InterruptedException, ExecutionException {
        var start = new CountDownLatch(1);
        var tokens = new HashSet<String>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                all.add(callers.submit(() -> {
                    start.await();
                    return replica.tokens.of("a").value().reveal();
                }));
            }
            start.countDown();
            for (var one : all) {
                tokens.add(one.get());
            }
        }
        return tokens;
    }

    private Process other(Point point) throws IOException {
        var process = Forked.java(Other.class, database.url().reveal(), keyset.reveal(), point.name());
        assertThat(Forked.line(process)).isEqualTo("ready");
        return process;
    }

    private static void tellToGo(Process process) {
        var words = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        words.println("go");
    }

    private Replica replica() {
        return new Replica(jdbc, () -> database.dataSource().getConnection(), keyset, provider, System::nanoTime);
    }

    @Test
    void manyCallersOfTwoProcessesCauseOneRefresh() throws Exception {
        var here = replica();
        here.accounts.add("a", FakeProvider.KIND, provider.login("a"));
        here.tokens.of("a");
        jdbc.sql("update account set access_until = now() - interval '1 second'")
                .update();
        var fresh = replica();
        var other = other(Point.NOWHERE);
        try {
            tellToGo(other);
            var mine = together(fresh);
            assertThat(mine).containsExactly(FakeProvider.access("a", 2));
            assertThat(Forked.line(other)).isEqualTo(FakeProvider.access("a", 2));
        } finally {
            other.destroyForcibly();
        }
        int refreshes = provider.asked("a") - 1;
        assertThat(refreshes).isEqualTo(1);
        Figures.say(2 * CALLERS + " callers of 2 processes, " + refreshes + " refresh");
    }

    /** A lenient provider takes the token before the newest, as chatglm.cn seems to: then nothing is ever lost. */
    @ParameterizedTest
    @EnumSource(Point.class)
    void aProcessThatIsKilledTakesNoAccountWithIt(Point point) throws Exception {
        var here = replica();
        here.accounts.add("a", FakeProvider.KIND, provider.login("a"));
        kill(point);
        assertThat(replica().tokens.of("a").value().reveal()).startsWith("access-token-of-a-");
        assertThat(here.standing("a").health()).isEqualTo(Health.HEALTHY);
        Figures.say("0 of 6 ends lose the account");
    }

    /** Where the provider has spent the old token and its answer is lost, nobody can help: that is told at once. */
    @ParameterizedTest
    @EnumSource(Point.class)
    void ofAStrictProviderOnlyALostAnswerCostsALoginAndThatIsTold(Point point) throws Exception {
        provider.login("b");
        var here = replica();
        here.accounts.add("a", FakeProvider.KIND, provider.login("a"));
        here.accounts.add("b", FakeProvider.KIND, new Secret(FakeProvider.secret("b", 0)));
        provider.strict();
        kill(point);
        boolean lost = point == Point.AFTER_THE_PROVIDER_HAS_ROTATED || point == Point.BEFORE_THE_COMMIT;
        var after = replica();
        if (lost) {
            assertThatThrownBy(() -> after.tokens.of("a")).isInstanceOf(Refusal.class);
            assertThat(after.standing("a").health()).isEqualTo(Health.DEAD);
            after.pools.read();
            assertThat(after.members()).containsExactly("b");
        } else {
            assertThat(after.tokens.of("a").value().reveal()).startsWith("access-token-of-a-");
        }
        assertThat(after.tokens.of("b").value().reveal()).isEqualTo(FakeProvider.access("b", 1));
    }

    private void kill(Point point) throws Exception {
        var other = other(point);
        try {
            tellToGo(other);
            if (point == Point.NOWHERE) {
                Forked.line(other);
            } else {
                assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(other.exitValue()).isEqualTo(9);
            }
        } finally {
            other.destroyForcibly();
            other.waitFor();
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> locks() == 0);
    }

    private int locks() {
        return jdbc.sql("select count(*) from pg_locks where relation = 'account'::regclass and pid <> pg_backend_pid()"
                        + " and database = (select oid from pg_database where datname = current_database())")
                .query(Integer.class)
                .single();
    }
}
