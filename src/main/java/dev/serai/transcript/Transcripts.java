package dev.serai.transcript;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The responses that are kept, each for its key alone. A response that cannot be kept is logged and counted; it never harms
 * the answer. After a failure of the database nothing is kept for a second, so that answers do not queue for it.
 */
@Component
final class Transcripts {

    private static final Logger LOG = LoggerFactory.getLogger(Transcripts.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofSeconds(20);
    private static final int BATCH = 50;
    private static final int MAX_ID = 256;

    private final TranscriptRepository repository;
    private final TranscriptProperties properties;
    private final Clock clock;
    private final Counter lost;
    private volatile Instant nextTry = Instant.MIN;

    Transcripts(TranscriptRepository repository, TranscriptProperties properties, Clock clock, MeterRegistry metrics) {
        this.repository = repository;
        this.properties = properties;
        this.clock = clock;
        this.lost = metrics.counter("serai.transcripts.lost");
    }

    /** Whether anything is kept at all. */
    boolean enabled() {
        return properties.timeToLive().isPositive();
    }

    /** @throws Refusal {@link Kind#OVERLOADED} when the database cannot be asked */
    Optional<Transcript> find(UUID key, String responseId) {
        if (!isId(responseId)) {
            return Optional.empty();
        }
        return asked(() -> repository.find(key, responseId, clock.instant()));
    }

    /** Whether there was one. @throws Refusal {@link Kind#OVERLOADED} when the database cannot be asked */
    boolean delete(UUID key, String responseId) {
        return isId(responseId) && asked(() -> repository.delete(key, responseId, clock.instant()));
    }

    /** Keeps a response. Never throws. @return whether it is kept */
    boolean keep(UUID key, String responseId, byte[] response, byte[] inputItems) {
        var now = clock.instant();
        var transcript = new Transcript(responseId, response, inputItems, now, now.plus(properties.timeToLive()));
        if (!isId(responseId) || transcript.size() > properties.maxSize().toBytes()) {
            return lost("its id or size is beyond the limits");
        }
        if (now.isBefore(nextTry)) {
            return lost("the database is away");
        }
        try {
            repository.keep(key, transcript);
            return true;
        } catch (DataAccessException e) {
            nextTry = clock.instant().plus(PAUSE);
            return lost(e.getClass().getSimpleName());
        }
    }

    private boolean lost(String reason) {
        lost.increment();
        LOG.warn("A response is not kept: {}", reason);
        return false;
    }

    /** Deletes what has expired, in batches, for a bounded time. Never throws. */
    void sweep() {
        var end = clock.instant().plus(SWEEP);
        try {
            int deleted = BATCH;
            while (deleted == BATCH && clock.instant().isBefore(end)) {
                deleted = repository.deleteExpired(clock.instant(), BATCH);
            }
        } catch (DataAccessException e) {
            LOG.warn("Expired responses are not deleted: {}", e.getClass().getSimpleName());
        }
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (DataAccessException e) {
            LOG.warn("Responses cannot be read: {}", e.getClass().getSimpleName());
            throw new Refusal(
                    Failure.of(Kind.OVERLOADED, FailureClass.GATEWAY, "Kept responses cannot be reached at the moment.")
                            .withRetryAfter(RETRY_AFTER));
        }
    }

    /** Ids are letters, digits and a few marks; anything else was never given out. */
    private static boolean isId(String id) {
        return !id.isEmpty()
                && id.length() <= MAX_ID
                && id.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "_-.:".indexOf(c) >= 0));
    }
}
