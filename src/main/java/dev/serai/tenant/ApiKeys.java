package dev.serai.tenant;

import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who presents a key: the lookup on the way of every call. A key is never held, only its digest.
 *
 * <p>A change of a key is in force here at once where it is made, and within a second everywhere else. While the database
 * is away, keys read in the last hour go on working as they were.
 */
public final class ApiKeys {

    private final ConfiguredTokens configured;
    private final KeyDigests digests;
    private final KeyCache cache;
    private final PepperChange pepperChange;
    private final Clock clock;

    ApiKeys(ConfiguredTokens configured, KeyDigests digests, KeyCache cache, PepperChange pepperChange, Clock clock) {
        this.configured = configured;
        this.digests = digests;
        this.cache = cache;
        this.pepperChange = pepperChange;
        this.clock = clock;
    }

    /**
     * The key that is presented; empty when there is none, or it is disabled, expired or regenerated.
     *
     * @param presented one key as the caller sent it, not a list of keys
     * @throws Refusal {@link Kind#OVERLOADED} with a retry time when the database is needed and cannot be asked
     */
    public Optional<ApiKey> find(String presented) {
        if (presented.isEmpty()) {
            return Optional.empty();
        }
        Digest digest = digests.current().of(presented);
        Optional<ApiKey> token = configured.find(digest);
        if (token.isPresent() || ApiKeyFormat.isForged(presented)) {
            return token;
        }
        return cache.find(digest)
                .or(() -> underPreviousPepper(presented, digest))
                .filter(stored -> stored.isValidAt(clock.instant()))
                .map(StoredKey::key);
    }

    /** The key without limits that {@code PROXY_AUTH_TOKEN} or {@code API_KEY} makes of this string. */
    Optional<ApiKey> configured(String presented) {
        return configured.find(digests.current().of(presented));
    }

    private Optional<StoredKey> underPreviousPepper(String presented, Digest current) {
        KeyDigest previous = digests.previous();
        if (previous == null) {
            return Optional.empty();
        }
        Digest old = previous.of(presented);
        Optional<StoredKey> found = cache.find(old);
        found.ifPresent(stored -> pepperChange.begin(old, current));
        return found;
    }

    /** Forgets a key, and which strings are no keys, after it was made, changed or deleted. */
    public void invalidate(UUID key) {
        cache.invalidate(Set.of(key));
    }
}
