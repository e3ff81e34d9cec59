package dev.serai.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.serai.credential.PoolMember;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Writes down, for all replicas, how accounts did in calls. No caller waits for it: each note is written by a virtual
 * thread of its own, the same note once a second at most; uses are counted and written by {@link #flush}.
 */
final class AccountNotes {

    private static final Logger log = LoggerFactory.getLogger(AccountNotes.class);

    private static final int MOST = 10_000;
    private static final Duration SAME = Duration.ofSeconds(1);

    private final HealthRows rows;
    private final Duration interval;
    private final Map<String, LongAdder> uses = new ConcurrentHashMap<>();
    private final Cache<String, Boolean> written;

    AccountNotes(HealthRows rows, Duration interval, LongSupplier nanos) {
        this.rows = rows;
        this.interval = interval;
        this.written = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(SAME)
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    void used(String account) {
        uses.computeIfAbsent(account, unseen -> new LongAdder()).increment();
    }

    void recovered(PoolMember member) {
        write("recovered", member, () -> rows.recovered(member.name(), epoch(member)));
    }

    void dead(PoolMember member, String reason) {
        write("dead", member, () -> rows.dead(member.name(), epoch(member), interval, reason));
    }

    void rests(PoolMember member, Duration rest, String reason) {
        write("rests", member, () -> rows.rest(member.name(), epoch(member), rest, reason));
    }

    /** Writes the uses counted so far. A use that cannot be written now is written the next time. */
    void flush() {
        uses.forEach((account, counter) -> {
            long times = counter.sumThenReset();
            if (times > 0) {
                flush(account, times);
            }
        });
    }

    private void flush(String account, long times) {
        try {
            rows.used(account, times);
        } catch (DataAccessException e) {
            uses.computeIfAbsent(account, unseen -> new LongAdder()).add(times);
            log.warn("Uses of accounts are not written now: {}", e.getClass().getSimpleName());
        }
    }

    private void write(String what, PoolMember member, Runnable note) {
        String key = what + ' ' + member.name() + ' ' + member.state();
        if (written.asMap().putIfAbsent(key, Boolean.TRUE) != null) {
            return;
        }
        Thread.ofVirtual().name("account-note").start(() -> {
            try {
                note.run();
            } catch (DataAccessException e) {
                log.warn("That the account {} is {} is not written: {}", member.name(), what, e.toString());
            }
        });
    }

    private static long epoch(PoolMember member) {
        return Long.parseLong(member.state());
    }
}
