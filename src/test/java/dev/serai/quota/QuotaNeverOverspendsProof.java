package dev.serai.quota;

import static dev.serai.quota.Ledgers.ask;
import static dev.serai.quota.Ledgers.perDay;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.database.DatabaseUrl;
import dev.serai.tenant.ApiKey;
import dev.serai.testkit.Figures;
import dev.serai.testkit.Forked;
import dev.serai.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** However many ask at once, a key never gets more than its limit and never less. */
class QuotaNeverOverspendsProof {

    private static TestDatabase database;
    private static com.zaxxer.hikari.HikariDataSource pool;
    private static Ledgers ledgers;

    @BeforeAll
    static void create() {
        database = TestDatabase.fresh();
        pool = new com.zaxxer.hikari.HikariDataSource();
        pool.setDataSource(database.dataSource());
        pool.setMaximumPoolSize(10);
        ledgers = new Ledgers(new JdbcTemplate(pool));
    }

    @AfterAll
    static void drop() {
        pool.close();
        database.close();
    }

    private interface Work {
        void of(int thread) throws Exception;
    }

    private static void together(int threads, Work work) throws Exception {
        var start = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                int thread = i;
                all.add(executor.submit(() -> {
                    start.await();
                    work.of(thread);
                    return null;
                }));
            }
            start.countDown();
            for (var one : all) {
                one.get();
            }
        }
    }

    @Test
    void sixtyFourThreadsGetExactlyWhatTheLimitHolds() throws Exception {
        ApiKey key = ledgers.key(perDay(1_000));
        var admitted = new AtomicLong();
        together(64, thread -> {
            for (int i = 0; i < 100; i++) {
                if (reserved(key)) {
                    admitted.incrementAndGet();
                }
            }
        });
        assertThat(admitted).hasValue(1_000);
        assertThat(ledgers.drift()).isEmpty();
        Figures.say("admitted " + admitted + " of 6,400 for a limit of 1,000");
    }

    /** The whole way of a gateway, with its gates; who does not get through in time asks again. */
    private static boolean reserved(ApiKey key) {
        var ask = ask(key, 1);
        while (true) {
            try {
                return ledgers.ledger.reserve(ask).refusedBy() == null;
            } catch (LedgerUnavailable busy) {
                Thread.onSpinWait();
            }
        }
    }

    /** Two processes, each as a gateway would ask. */
    @Test
    void twoProcessesGetExactlyWhatTheLimitHolds() throws Exception {
        ApiKey key = ledgers.key(perDay(1_000));
        String url = database.url().reveal();
        Process one = Forked.java(QuotaNeverOverspendsProof.class, url, key.id().toString());
        Process two = Forked.java(QuotaNeverOverspendsProof.class, url, key.id().toString());
        try (var toOne = one.outputWriter();
                var toTwo = two.outputWriter()) {
            assertThat(List.of(Forked.line(one), Forked.line(two))).containsExactly("ready", "ready");
            toOne.write("go\n");
            toTwo.write("go\n");
            toOne.flush();
            toTwo.flush();
            long first = Long.parseLong(Forked.line(one));
            long second = Long.parseLong(Forked.line(two));
            assertThat(first + second).isEqualTo(1_000);
            Figures.say("admitted " + first + " + " + second + " of 6,400 for a limit of 1,000");
        } finally {
            one.destroy();
            two.destroy();
        }
        assertThat(ledgers.drift()).isEmpty();
    }

    /** A process of {@link #twoProcessesGetExactlyWhatTheLimitHolds}: its arguments are the database and the key. */
    public static void main(String[] arguments) throws Exception {
        try (var connections = new com.zaxxer.hikari.HikariDataSource()) {
            connections.setDataSource(TestDatabase.plain(DatabaseUrl.parse(arguments[0])));
            ledgers = new Ledgers(new JdbcTemplate(connections));
            var key = new ApiKey(UUID.fromString(arguments[1]), "a key", null, List.of(), perDay(1_000), null);
            ledgers.reserve(key, 1_001);
            Forked.say("ready");
            Forked.hear();
            var admitted = new AtomicLong();
            together(32, thread -> {
                for (int i = 0; i < 100; i++) {
                    if (reserved(key)) {
                        admitted.incrementAndGet();
                    }
                }
            });
            Forked.say(admitted.toString());
        }
    }

    @Test
    void underRandomLoadTheSumsStayTheSums() throws Exception {
        List<ApiKey> keys = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            keys.add(ledgers.key(perDay(20_000)));
        }
        together(16, thread -> {
            var random = new Random(20261128L + thread);
            for (int i = 0; i < 60; i++) {
                var ask = ask(keys.get(random.nextInt(keys.size())), 1 + random.nextInt(500));
                boolean admitted = ledgers.admits(ask);
                if (admitted && random.nextInt(10) > 0) {
                    ledgers.settle(ask, random.nextInt(300), random.nextInt(300));
                    if (random.nextInt(10) == 0) {
                        ledgers.settle(ask, 1, 1);
                    }
                }
            }
        });
        assertThat(ledgers.drift()).isEmpty();
    }
}
