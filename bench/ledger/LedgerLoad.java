package dev.serai.quota;

import com.zaxxer.hikari.HikariDataSource;
import dev.serai.database.DatabaseUrl;
import dev.serai.tenant.ApiKey;
import dev.serai.tenant.KeyLimits;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The ledger under load, without HTTP: clients that reserve and settle in turn, each pair on a key chosen in turn, over as many
 * connections as a gateway has, and settled as a gateway does: a pair is over when its settlement is committed. Arguments: clients, keys, seconds; the database is that of {@code DATABASE_URL}. Prints one
 * line of JSON.
 */
final class LedgerLoad {

    private static final String SETTLE = "select settle_usage(cast(? as json))";
    private static final String EVENT = """
            {"id":"%s","at":"2026-01-01T00:00:00Z","key_id":"%s","key_name":"bench","protocol":"openai-chat","model":"m",\
            "provider":"openai","upstream_model":"u","status":200,"outcome":"ok","stream":false,"input_tokens":300,\
            "cached_input_tokens":0,"cache_write_tokens":0,"output_tokens":100,"reasoning_tokens":0,"estimated":false,\
            "attempts":1,"duration_ms":1,"upstream_ms":1,"cost_nanos":1000,"currency":"USD"}""";
    private static final int MOST_AT_ONCE = 500;
    private static final double WARM_UP_SECONDS = 8;
    private static final KeyLimits LIMITS = new KeyLimits(
            1_000_000_000_000L, 1_000_000_000_000L, 1_000_000_000, 1_000_000_000_000L, 1_000_000, null, null);

    private final JdbcTemplate jdbc;
    private final Ledger ledger;
    private final List<ApiKey> keys = new ArrayList<>();
    private final ConcurrentLinkedQueue<Long> pairNanos = new ConcurrentLinkedQueue<>();
    private final AtomicLong busy = new AtomicLong();
    private final AtomicLong turn = new AtomicLong();
    private final BlockingQueue<Settled> ended = new LinkedBlockingQueue<>();

    private record Settled(String event, CompletableFuture<Void> done) {}

    private LedgerLoad(JdbcTemplate jdbc, int keys) {
        this.jdbc = jdbc;
        this.ledger = new Ledger(new LedgerRepository(jdbc), System::nanoTime);
        for (int i = 0; i < keys; i++) {
            this.keys.add(key());
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        int clients = Integer.parseInt(arguments[0]);
        double seconds = Double.parseDouble(arguments[2]);
        var url = DatabaseUrl.parse(System.getenv("DATABASE_URL"));
        try (var pool = new HikariDataSource()) {
            pool.setJdbcUrl(url.jdbc());
            pool.setUsername(url.user());
            pool.setPassword(url.password().reveal());
            pool.setMaximumPoolSize(10);
            var load = new LedgerLoad(new JdbcTemplate(pool), Integer.parseInt(arguments[1]));
            Thread writer = Thread.ofVirtual().start(load::settle);
            load.run(clients, WARM_UP_SECONDS);
            load.pairNanos.clear();
            load.busy.set(0);
            load.run(clients, seconds);
            load.print(seconds);
            writer.interrupt();
        }
    }

    private ApiKey key() {
        UUID id = UUID.randomUUID();
        jdbc.update(
                "insert into api_key (id, digest, pepper_id, display_prefix, display_last_four, name)"
                        + " values (?, sha256(cast(? as bytea)), 'bench', 'pk_bench', '0000', 'bench')",
                id,
                id.toString());
        return new ApiKey(id, "bench", null, List.of(), LIMITS, null);
    }

    private void run(int clients, double seconds) throws InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < clients; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (System.nanoTime() < end) {
                    long begin = System.nanoTime();
                    pair(keys.get((int) (turn.getAndIncrement() % keys.size())));
                    pairNanos.add(System.nanoTime() - begin);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void pair(ApiKey key) {
        var ask = new Ask(UUID.randomUUID(), key, "openai-chat", "m", false, 400, 300, 1000, 600, "USD");
        while (!reserved(ask)) {
            busy.incrementAndGet();
        }
        var settled = new Settled(EVENT.formatted(ask.call(), key.id()), new CompletableFuture<>());
        ended.add(settled);
        settled.done().join();
    }

    /** Settles as the gateway's usage writer does: one thread, in one statement all that has come meanwhile. */
    private void settle() {
        var batch = new ArrayList<Settled>();
        try {
            while (true) {
                batch.add(ended.take());
                ended.drainTo(batch, MOST_AT_ONCE);
                String events = batch.stream().map(Settled::event).collect(Collectors.joining(",", "[", "]"));
                jdbc.query(SETTLE, (ResultSet row) -> {}, events);
                batch.forEach(one -> one.done().complete(null));
                batch.clear();
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean reserved(Ask ask) {
        try {
            if (ledger.reserve(ask).refusedBy() != null) {
                throw new IllegalStateException("the limits of the bench are too small");
            }
            return true;
        } catch (LedgerUnavailable waitedTooLong) {
            return false;
        }
    }

    private void print(double seconds) {
        long[] sorted = pairNanos.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "{\"pairs_s\": %.1f, \"p50_ms\": %.2f, \"p99_ms\": %.2f, \"max_ms\": %.2f, \"busy\": %d}%n",
                sorted.length / seconds, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1), busy.get());
    }

    private static double at(long[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / 1e6;
    }
}
