package dev.serai.provider.chatglmweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.serai.message.ChatRequest;
import dev.serai.message.Failure;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Conversations that callers keep: each belongs to the key that began it and lives at the account it began with. Known to
 * this process for a day after their last turn. Thread-safe.
 */
final class Conversations {

    /** The member of a request that keeps a conversation. */
    static final String MEMBER = "conversation_id";

    private static final Duration LIFE = Duration.ofDays(1);
    private static final int MOST = 100_000;

    private final Cache<Owned, String> accounts =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(LIFE).build();

    private record Owned(UUID key, String conversation) {}

    void keep(UUID key, String conversation, String account) {
        accounts.put(new Owned(key, conversation), account);
    }

    /** Where the key's conversation lives, or null when it has none of this name. */
    @Nullable
    String account(UUID key, String conversation) {
        return accounts.getIfPresent(new Owned(key, conversation));
    }

    /** The conversation that a request names, {@code ""} for a new one that shall be kept, null for none. */
    static @Nullable String asked(ChatRequest request) {
        return request.extensions().unmapped().path(MEMBER).textValue();
    }

    /** What a caller is told whose conversation is not there. */
    static Failure unknown() {
        return Failure.invalid(
                MEMBER, "There is no such conversation of this key; an empty conversation_id begins a new one.");
    }
}
