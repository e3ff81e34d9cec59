package dev.serai.conversation;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The conversations that callers keep, each for its key alone, in every replica. Only calls that name one, or begin one that
 * shall be kept, ask the database. Thread-safe.
 */
@Component
public final class Conversations {

    private static final Logger LOG = LoggerFactory.getLogger(Conversations.class);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofSeconds(20);
    private static final int BATCH = 500;
    private static final int MAX_ID = 256;

    private final ConversationRepository repository;
    private final ConversationProperties properties;
    private final Clock clock;

    Conversations(ConversationRepository repository, ConversationProperties properties, Clock clock) {
        this.repository = repository;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * The conversation of this key and name; empty when there is none, or it is another key's.
     *
     * @throws Refusal {@link Kind#OVERLOADED} when the database cannot be asked
     */
    public Optional<Conversation> find(UUID key, String provider, String id) {
        if (!isId(id)) {
            return Optional.empty();
        }
        try {
            return repository.find(key, provider, id, clock.instant().minus(properties.timeToLive()));
        } catch (DataAccessException away) {
            LOG.warn("Conversations cannot be read: {}", away.getClass().getSimpleName());
            throw new Refusal(
                    Failure.of(Kind.OVERLOADED, FailureClass.GATEWAY, "Conversations cannot be reached at the moment.")
                            .withRetryAfter(RETRY_AFTER));
        }
    }

    /** Keeps a conversation from its newest turn on. Never throws: the answer goes on. @return whether it is kept */
    public boolean keep(UUID key, Conversation conversation) {
        try {
            return isId(conversation.id()) && repository.keep(key, conversation, clock.instant());
        } catch (DataAccessException away) {
            LOG.warn("A conversation is not kept: {}", away.getClass().getSimpleName());
            return false;
        }
    }

    /** Forgets what has had no turn for long, in batches, for a bounded time. Never throws. */
    void sweep() {
        var now = clock.instant();
        var end = now.plus(SWEEP);
        try {
            int deleted = BATCH;
            while (deleted == BATCH && clock.instant().isBefore(end)) {
                deleted = repository.deleteUnused(now.minus(properties.timeToLive()), BATCH);
            }
        } catch (DataAccessException away) {
            LOG.warn("Old conversations are not forgotten: {}", away.getClass().getSimpleName());
        }
    }

    /** Providers name conversations by letters, digits and a few marks; anything else was never given out. */
    private static boolean isId(String id) {
        return !id.isEmpty()
                && id.length() <= MAX_ID
                && id.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "_-.:".indexOf(c) >= 0));
    }
}
