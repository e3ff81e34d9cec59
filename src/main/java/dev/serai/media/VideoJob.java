package dev.serai.media;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A video that a caller has asked for.
 *
 * @param id that of the call
 * @param keyId whose it is
 * @param model the public name
 * @param commission where it is made; null until a provider has taken it on
 * @param result what came of it; null while it is under way
 */
record VideoJob(
        UUID id,
        UUID keyId,
        String model,
        @Nullable String size,
        @Nullable Integer seconds,
        State state,
        int progress,
        Instant createdAt,
        @Nullable Instant completedAt,
        @Nullable Commission commission,
        @Nullable Look result) {

    private static final String PREFIX = "video_";

    enum State {
        /** On its way to a provider. */
        SUBMITTING("submitting", "queued"),
        QUEUED("queued", "queued"),
        IN_PROGRESS("in_progress", "in_progress"),
        COMPLETED("completed", "completed"),
        FAILED("failed", "failed");

        private final String word;
        private final String told;

        State(String word, String told) {
            this.word = word;
            this.told = told;
        }

        /** As it is kept. */
        String word() {
            return word;
        }

        /** As callers know it. */
        String told() {
            return told;
        }

        static State of(String word) {
            for (var state : values()) {
                if (state.word.equals(word)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("no state " + word);
        }
    }

    boolean ended() {
        return state == State.COMPLETED || state == State.FAILED;
    }

    /** Its name for callers. */
    String name() {
        return name(id);
    }

    static String name(UUID id) {
        return PREFIX + id.toString().replace("-", "");
    }

    /** The id behind a caller's word, or null when it is none. */
    static @Nullable UUID id(String name) {
        String hex = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
        if (!hex.matches("[0-9a-f]{32}")) {
            return null;
        }
        return new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }
}
