package dev.serai.tenant;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The peppers in force: the current one makes digests, the previous one, where there is one, still recognises keys.
 *
 * @param previous {@code KEY_PEPPER_PREVIOUS}
 */
record KeyDigests(KeyDigest current, @Nullable KeyDigest previous) {

    /** The digests under which a key may be known, the current one first. */
    List<Digest> of(String presented) {
        return Stream.of(current, previous)
                .flatMap(Stream::ofNullable)
                .map(digest -> digest.of(presented))
                .toList();
    }
}
