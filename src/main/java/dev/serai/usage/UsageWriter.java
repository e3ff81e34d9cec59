package dev.serai.usage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/**
 * Moves events from the journal to the database. A file of the journal is deleted only after all of its events are
 * committed; what is written twice counts once. While the database is away it keeps trying, in growing pauses.
 *
 * <p>Driven by the route {@code usage.flush}, and by {@link #soon} where a limit waits for it; {@link #close()} writes what is left, for at most 5 s.
 */
public final class UsageWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(UsageWriter.class);
    private static final int BATCH = 500;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);

    private final UsageJournal journal;
    private final Function<List<UsageEvent>, List<UsageEvent>> database;
    private final Consumer<List<UsageEvent>> tap;
    private final List<Settlements> settlements;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Instant nextTry = Instant.MIN;
    private Duration pause = SHORTEST_PAUSE;
    private volatile Instant end = Instant.MAX;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean ended;
    private final AtomicLong settled = new AtomicLong();

    /**
     * @param database writes a batch and returns the events that were new
     * @param tap is told the new ones
     * @param settlements are told of all of them
     */
    UsageWriter(
            UsageJournal journal,
            Function<List<UsageEvent>, List<UsageEvent>> database,
            Consumer<List<UsageEvent>> tap,
            List<Settlements> settlements,
            Clock clock) {
        this.journal = journal;
        this.database = database;
        this.tap = tap;
        this.settlements = List.copyOf(settlements);
        this.clock = clock;
    }

    /** Starts the thread that {@link #soon} wakes. */
    void start() {
        Thread.ofVirtual().name("usage-writer").start(() -> {
            while (!ended) {
                wake.acquireUninterruptibly();
                wake.drainPermits();
                flushInTurn();
            }
        });
    }

    /** Has the journal written as soon as may be, and does not wait for it; what comes meanwhile goes along. */
    public void soon() {
        wake.release();
    }

    /** Events that this gateway brought to the database, since the start. */
    public long settled() {
        return settled.get();
    }

    private void flushInTurn() {
        lock.lock();
        try {
            if (!clock.instant().isBefore(nextTry)) {
                drain();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what the journal holds, unless a failure was a moment ago or another thread is at it. Never throws. */
    public void flush() {
        if (lock.tryLock()) {
            try {
                journal.lookAgain();
                if (!clock.instant().isBefore(nextTry)) {
                    drain();
                    journal.lookAgain();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Writes what is left, for at most 5 s; the rest waits for the next start. */
    @Override
    public void close() {
        end = clock.instant().plus(PATIENCE_AT_END);
        ended = true;
        wake.release();
        try {
            if (lock.tryLock(PATIENCE_AT_END.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    drain();
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() {
        try {
            for (Path segment : journal.seal()) {
                if (!writeAll(JournalSegment.read(segment))) {
                    return;
                }
                journal.delete(segment);
            }
            pause = SHORTEST_PAUSE;
        } catch (DataAccessException | TransactionException | IOException | UncheckedIOException e) {
            nextTry = clock.instant().plus(pause);
            log.warn(
                    "Usage waits in the journal, next try in {} ms: {}",
                    pause.toMillis(),
                    e.getClass().getSimpleName());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Whether all of it was written before the end. */
    private boolean writeAll(List<UsageEvent> events) {
        for (int from = 0; from < events.size(); from += BATCH) {
            if (clock.instant().isAfter(end)) {
                return false;
            }
            List<UsageEvent> batch = events.subList(from, Math.min(from + BATCH, events.size()));
            List<UsageEvent> fresh = write(batch);
            settled.addAndGet(fresh.size());
            tap.accept(fresh);
            var calls = batch.stream().map(UsageEvent::id).toList();
            settlements.forEach(told -> told.settled(calls));
        }
        return true;
    }

    private List<UsageEvent> write(List<UsageEvent> batch) {
        try {
            return database.apply(batch);
        } catch (DataIntegrityViolationException e) {
            return batch.stream().flatMap(event -> writeAlone(event).stream()).toList();
        }
    }

    /** One event that the database can never take must not hold up all that follow. */
    private List<UsageEvent> writeAlone(UsageEvent event) {
        try {
            return database.apply(List.of(event));
        } catch (DataIntegrityViolationException e) {
            log.error("Usage of call {} does not fit the database and is left out", event.id());
            return List.of();
        }
    }
}
