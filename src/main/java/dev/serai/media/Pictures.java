package dev.serai.media;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a maker has made.
 *
 * @param pictures at least one, unless {@code answer} is there
 * @param answer the upstream's own answer where it is one in the caller's protocol and can be passed on as it is
 * @param usage as the upstream told it, else null
 * @param told what the upstream's answer says besides the pictures, as it stands there, else null
 * @param dropped members of the request that could not be carried
 */
@SuppressWarnings("ArrayRecordComponent")
public record Pictures(
        List<Picture> pictures,
        byte @Nullable [] answer,
        @Nullable Usage usage,
        @Nullable ObjectNode told,
        List<String> dropped) {

    public Pictures {
        pictures = List.copyOf(pictures);
        dropped = List.copyOf(dropped);
    }

    /** One picture: where it stands, or itself in base 64. */
    public record Picture(
            @Nullable String url,
            @Nullable String base64,
            @Nullable String revisedPrompt) {

        public static Picture at(String url) {
            return new Picture(url, null, null);
        }
    }

    /** An answer to pass on as it is. */
    public static Pictures passed(byte[] answer, @Nullable Usage usage) {
        return new Pictures(List.of(), answer, usage, null, List.of());
    }
}
