package dev.serai.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Digests to keys, read through. A found key is trusted for 30 s; when the database cannot be asked after that, it is
 * trusted on for at most an hour since it was last read. A digest without a key is remembered for 30 s, a thousand of
 * them at most. Many callers with the same digest cause one query.
 */
final class KeyCache {

    static final Duration FRESH = Duration.ofSeconds(30);
    static final Duration STALE = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(KeyCache.class);
    private static final int MOST_KEYS = 100_000;
    private static final int MOST_UNKNOWN = 1_000;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private record Entry(StoredKey key, long readAt) {}

    private final Function<Digest, Optional<StoredKey>> source;
    private final Ticker ticker;
    private final Cache<Digest, Entry> known;
    private final Cache<Digest, Boolean> unknown;
    private final Map<Digest, CompletableFuture<Optional<StoredKey>>> loading = new ConcurrentHashMap<>();
    private final AtomicLong invalidations = new AtomicLong();
    private final AtomicLong askAgainAt;

    KeyCache(Function<Digest, Optional<StoredKey>> source, Ticker ticker) {
        this.source = source;
        this.ticker = ticker;
        this.askAgainAt = new AtomicLong(ticker.read());
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
        Optional<Optional<StoredKey>> answer = ask(digest);
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

    /** Empty when the database cannot be asked, or could not a moment ago. */
    private Optional<Optional<StoredKey>> ask(Digest digest) {
        if (ticker.read() - askAgainAt.get() < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(load(digest));
        } catch (DataAccessException | CompletionException e) {
            return Optional.empty();
        }
    }

    private Optional<StoredKey> load(Digest digest) {
        CompletableFuture<Optional<StoredKey>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<StoredKey>> others = loading.putIfAbsent(digest, mine);
        if (others != null) {
            return others.join();
        }
        try {
            Optional<StoredKey> key = read(digest);
            mine.complete(key);
            return key;
        } catch (DataAccessException e) {
            askAgainAt.set(ticker.read() + PAUSE_AFTER_FAILURE.toNanos());
            log.warn("Keys cannot be read: {}", e.getClass().getSimpleName());
            throw e;
        } finally {
            mine.completeExceptionally(new IllegalStateException("the key was not read"));
            loading.remove(digest, mine);
        }
    }

    /** Asks the source, unless somebody else's answer has come between this caller's look and its turn. */
    private Optional<StoredKey> read(Digest digest) {
        Optional<Optional<StoredKey>> remembered = remembered(digest, known.getIfPresent(digest));
        if (remembered.isPresent()) {
            return remembered.get();
        }
        long before = invalidations.get();
        Optional<StoredKey> key = source.apply(digest);
        if (before == invalidations.get()) {
            remember(digest, key);
        }
        return key;
    }

    /** What is known without asking: a fresh key, or that there is none. Empty: it must be asked. */
    private Optional<Optional<StoredKey>> remembered(Digest digest, @Nullable Entry entry) {
        if (entry != null && ticker.read() - entry.readAt() < FRESH.toNanos()) {
            return Optional.of(Optional.of(entry.key()));
        }
        return unknown.getIfPresent(digest) != null ? Optional.of(Optional.empty()) : Optional.empty();
    }

    private void remember(Digest digest, Optional<StoredKey> key) {
        if (key.isPresent()) {
            known.put(digest, new Entry(key.get(), ticker.read()));
        } else {
            known.invalidate(digest);
            unknown.put(digest, Boolean.TRUE);
        }
    }
}
