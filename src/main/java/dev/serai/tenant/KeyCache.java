package dev.serai.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.serai.database.Pause;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Digests to keys, read through. What was read is trusted for 30 s while changes are heard of, else for 1 s; when the
 * database cannot be asked after that, a key is trusted on for at most an hour since it was last read. Digests without a
 * key are remembered too, a thousand of them at most. Many callers with the same digest cause one query.
 */
final class KeyCache {

    static final Duration FRESH = Duration.ofSeconds(30);
    static final Duration UNHEARD = Duration.ofSeconds(1);
    static final Duration STALE = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(KeyCache.class);
    private static final int MOST_KEYS = 100_000;
    private static final int MOST_UNKNOWN = 1_000;
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** When something was read, and how often all had been doubted by then. */
    private record Reading(long at, long doubts) {}

    private record Entry(StoredKey key, Reading reading) {}

    private final Function<Digest, Optional<StoredKey>> source;
    private final Ticker ticker;
    private final Cache<Digest, Entry> known;
    private final Cache<Digest, Reading> unknown;
    private final Map<Digest, CompletableFuture<Optional<StoredKey>>> loading = new ConcurrentHashMap<>();
    private final AtomicLong invalidations = new AtomicLong();
    private final AtomicLong doubts = new AtomicLong();
    private final Pause unasked;
    private final Pause unwaited;
    private volatile boolean hears;

    KeyCache(Function<Digest, Optional<StoredKey>> source, Ticker ticker) {
        this.source = source;
        this.ticker = ticker;
        this.unasked = new Pause(ticker::read);
        this.unwaited = new Pause(ticker::read);
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterWrite(STALE)
                .ticker(ticker)
                .build();
        this.unknown = Caffeine.newBuilder()
                .maximumSize(MOST_UNKNOWN)
                .expireAfterWrite(FRESH)
                .ticker(ticker)
                .build();
    }

    /**
     * The key of this digest, valid or not.
     *
     * @throws Refusal {@link Kind#OVERLOADED} when it is not remembered and the database cannot be asked
     */
    Optional<StoredKey> find(Digest digest) {
        Entry entry = known.getIfPresent(digest);
        Optional<Optional<StoredKey>> remembered = remembered(digest, entry);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        Optional<Optional<StoredKey>> answer = ask(digest, entry == null);
        if (answer.isPresent()) {
            return answer.get();
        }
        if (entry != null) {
            return Optional.of(entry.key());
        }
        throw new Refusal(Failure.of(Kind.OVERLOADED, FailureClass.GATEWAY, "Keys cannot be checked at the moment.")
                .withRetryAfter(RETRY_AFTER));
    }

    /** Forgets these keys, and which digests are none; the next caller asks the database. */
    void invalidate(Set<UUID> keys) {
        invalidations.incrementAndGet();
        loading.clear();
        known.asMap().values().removeIf(entry -> keys.contains(entry.key().key().id()));
        unknown.invalidateAll();
    }

    /** Forgets everything. */
    void invalidateAll() {
        invalidations.incrementAndGet();
        loading.clear();
        known.invalidateAll();
        unknown.invalidateAll();
    }

    /** From now on changes are heard of: what was read before is asked for again, as it may have changed unheard. */
    void hear() {
        doubts.incrementAndGet();
        loading.clear();
        hears = true;
    }

    /** Changes are not heard of any more. */
    void lose() {
        hears = false;
    }

    boolean hears() {
        return hears;
    }

    /**
     * Empty when the database cannot be asked, or could not a moment ago. Who has an answer to fall back on waits for
     * half a second at most, and nobody waits again for a second after that.
     */
    private Optional<Optional<StoredKey>> ask(Digest digest, boolean patient) {
        if (unasked.lasts() || (!patient && unwaited.lasts())) {
            return Optional.empty();
        }
        CompletableFuture<Optional<StoredKey>> load = load(digest);
        try {
            return Optional.of(patient ? load.join() : load.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            unwaited.begin();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | CompletionException e) {
            return Optional.empty();
        }
    }

    /** Somebody else's query for the same digest, if there is one under way. */
    private CompletableFuture<Optional<StoredKey>> load(Digest digest) {
        CompletableFuture<Optional<StoredKey>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<StoredKey>> others = loading.putIfAbsent(digest, mine);
        if (others != null) {
            return others;
        }
        Thread.ofVirtual().name("key-lookup").start(() -> complete(mine, digest));
        return mine;
    }

    /** Out of sight before it is complete: who comes afterwards looks at what is remembered, and not at an old answer. */
    private void complete(CompletableFuture<Optional<StoredKey>> load, Digest digest) {
        try {
            Optional<StoredKey> key = read(digest);
            loading.remove(digest, load);
            load.complete(key);
        } catch (RuntimeException e) {
            unasked.begin();
            log.warn("Keys cannot be read: {}", e.getClass().getSimpleName());
            loading.remove(digest, load);
            load.completeExceptionally(e);
        }
    }

    /** Asks the source, unless somebody else's answer has come between this caller's look and its turn. */
    private Optional<StoredKey> read(Digest digest) {
        Optional<Optional<StoredKey>> remembered = remembered(digest, known.getIfPresent(digest));
        if (remembered.isPresent()) {
            return remembered.get();
        }
        long before = invalidations.get();
        Reading reading = new Reading(ticker.read(), doubts.get());
        Optional<StoredKey> key = source.apply(digest);
        remember(digest, key, reading);
        if (before != invalidations.get()) {
            known.invalidate(digest);
            unknown.invalidate(digest);
        }
        return key;
    }

    /** What is known without asking: a fresh key, or that there is none. Empty: it must be asked. */
    private Optional<Optional<StoredKey>> remembered(Digest digest, @Nullable Entry entry) {
        if (entry != null && isTrusted(entry.reading())) {
            return Optional.of(Optional.of(entry.key()));
        }
        Reading none = unknown.getIfPresent(digest);
        return none != null && isTrusted(none) ? Optional.of(Optional.empty()) : Optional.empty();
    }

    private boolean isTrusted(Reading reading) {
        Duration trust = hears ? FRESH : UNHEARD;
        return reading.doubts() == doubts.get() && ticker.read() - reading.at() < trust.toNanos();
    }

    private void remember(Digest digest, Optional<StoredKey> key, Reading reading) {
        if (key.isPresent()) {
            known.put(digest, new Entry(key.get(), reading));
        } else {
            known.invalidate(digest);
            unknown.put(digest, reading);
        }
    }
}
