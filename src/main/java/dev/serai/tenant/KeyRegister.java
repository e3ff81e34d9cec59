package dev.serai.tenant;

import dev.serai.message.Refusal;
import dev.serai.secret.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The whole life of API keys. Each method is one transaction, or part of the one that is under way; once that is
 * committed this gateway knows of the change at once, and the others within a second. An exception means that the
 * transaction is rolled back, the caller's too.
 *
 * <p>A change of a key must not wait inside a transaction that goes on for long: calls of the key wait for it.
 */
@Component
public final class KeyRegister {

    /** The longest time for which a key may live on beside its successor. */
    public static final Duration LONGEST_GRACE = Duration.ofDays(30);

    private static final int LONGEST_PAGE = 1_000;
    private static final int LONGEST_KEY = 512;

    private final ApiKeyRepository keys;
    private final ApiKeyFormat format;
    private final KeyDigests digests;
    private final ApiKeys lookup;
    private final TransactionOperations transaction;
    private final Clock clock;

    public KeyRegister(
            ApiKeyRepository keys,
            ApiKeyFormat format,
            KeyDigests digests,
            ApiKeys lookup,
            TransactionOperations transaction,
            Clock clock) {
        this.keys = keys;
        this.format = format;
        this.digests = digests;
        this.lookup = lookup;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Makes a new key.
     *
     * @throws Refusal when the settings cannot be kept
     */
    public IssuedKey create(KeySettings settings) {
        Secret key = format.generate();
        return new IssuedKey(
                inTransaction(() -> insert(NewApiKey.of(key, digests.current(), settings.checked(), clock.instant()))),
                key);
    }

    /** Takes over a key that was made elsewhere; see {@link #adopt(Secret, KeySettings, KeyHistory)}. */
    public KeyRecord adopt(Secret existing, KeySettings settings) {
        return adopt(existing, settings, KeyHistory.NONE);
    }

    /**
     * Takes over a key that was made elsewhere, so that it works here as it is.
     *
     * @throws Refusal when the string can never be presented as a key, or the settings cannot be kept
     * @throws KeyTaken when it is known already, be it as a configured token
     */
    public KeyRecord adopt(Secret existing, KeySettings settings, KeyHistory history) {
        requireUsable(existing.reveal());
        return inTransaction(() -> {
            holder(existing.reveal()).ifPresent(id -> {
                throw new KeyTaken(id);
            });
            Instant now = clock.instant();
            Instant createdAt = history.createdAt() == null ? now : history.createdAt();
            NewApiKey key = new NewApiKey(
                    UUID.randomUUID(),
                    KeyImprint.of(existing, digests.current()),
                    settings.checked(),
                    createdAt,
                    history.lastUsedAt(),
                    history.lifetimeTokens(),
                    now);
            KeyRecord kept = insert(key);
            history.windows().forEach(window -> keys.carryOver(kept.id(), window));
            return kept;
        });
    }

    /**
     * Keys, the newest first.
     *
     * @param limit 1 to 1000
     * @param search a part of the name, upper and lower case alike; null finds all
     */
    public KeyPage list(int limit, long offset, @Nullable String search) {
        if (limit < 1 || limit > LONGEST_PAGE) {
            throw Refusal.invalid("limit", "Limit must be between 1 and " + LONGEST_PAGE);
        }
        if (offset < 0) {
            throw Refusal.invalid("offset", "Offset must be a non-negative number");
        }
        if (search != null && search.length() > KeyRules.LONGEST_TEXT) {
            throw Refusal.invalid("search", "Search must have at most " + KeyRules.LONGEST_TEXT + " characters");
        }
        return keys.page(limit, offset, search == null ? "" : search.replace("\0", ""));
    }

    public Optional<KeyRecord> find(UUID id) {
        return keys.record(id);
    }

    /** The key that is presented; also by its string from before a regeneration, as long as that one works. */
    public Optional<KeyRecord> findByKey(String presented) {
        return digests.of(presented).stream()
                .flatMap(digest -> keys.record(digest, clock.instant()).stream())
                .findFirst();
    }

    /** Whether the string is a key already, or a token of {@code PROXY_AUTH_TOKEN} or {@code API_KEY}. */
    public boolean isTaken(String key) {
        return holder(key).isPresent();
    }

    private Optional<UUID> holder(String key) {
        return lookup.configured(key).map(ApiKey::id).or(() -> findByKey(key).map(KeyRecord::id));
    }

    /**
     * Changes the settings of a key; nobody else changes it in between. When the currency of its spending changes,
     * spending begins anew.
     *
     * @param change from the settings as they are to those that shall be; is called once at most
     * @return the key as it is then; empty when there is none
     * @throws Refusal when the new settings cannot be kept
     */
    public Optional<KeyRecord> update(UUID id, UnaryOperator<KeySettings> change) {
        return inTransaction(() -> keys.lock(id).map(before -> {
            KeySettings after = change.apply(before.settings()).checked();
            if (after.equals(before.settings())) {
                return before;
            }
            keys.update(id, after, clock.instant());
            if (before.settings().limits().isOtherCurrency(after.limits())) {
                keys.restartSpending(id);
            }
            return changed(id);
        }));
    }

    /** Ends a key; whether there was one. What it used stays in the statistics. */
    public boolean delete(UUID id) {
        return inTransaction(() -> {
            tellAfterCommit(id);
            return keys.delete(id);
        });
    }

    /**
     * Puts a new key in the place of the old one; all else stays.
     *
     * @param grace for how long the old key works as well, 30 days at most; zero ends it at once. One from an earlier
     *     regeneration ends in any case
     * @return empty when there is no such key
     */
    public Optional<IssuedKey> regenerate(UUID id, Duration grace) {
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw Refusal.invalid("gracePeriodSeconds", "Must be between 0 and " + LONGEST_GRACE.toSeconds() + ".");
        }
        Secret key = format.generate();
        return inTransaction(() -> keys.lock(id).map(before -> {
            Instant now = clock.instant();
            Instant until = grace.isZero() ? null : now.plus(grace);
            keys.replace(id, KeyImprint.of(key, digests.current()), until, now);
            return new IssuedKey(changed(id), key);
        }));
    }

    private KeyRecord insert(NewApiKey key) {
        if (!keys.insert(key)) {
            throw new KeyTaken(keys.record(key.imprint().digest(), key.now())
                    .map(KeyRecord::id)
                    .orElse(key.id()));
        }
        return changed(key.id());
    }

    private KeyRecord changed(UUID id) {
        tellAfterCommit(id);
        return keys.record(id).orElseThrow();
    }

    /** Before the commit, a call could read the old state again behind the news. */
    private void tellAfterCommit(UUID id) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                lookup.invalidate(id);
            }
        });
    }

    private <T> T inTransaction(Supplier<T> work) {
        T result = transaction.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("a transaction without a result");
        }
        return result;
    }

    private static void requireUsable(String key) {
        if (key.isEmpty()
                || key.length() > LONGEST_KEY
                || !key.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',')) {
            throw Refusal.invalid(
                    "key",
                    "A key has 1 to " + LONGEST_KEY + " visible characters of ASCII, without commas and spaces.");
        }
        if (ApiKeyFormat.isForged(key)) {
            throw Refusal.invalid("key", "It looks like a key of this gateway and has a wrong checksum.");
        }
    }
}
