package dev.serai.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An upstream's answer as far as telling its failure needs it.
 *
 * @param status the HTTP status
 * @param headers the answer's headers
 * @param body the first bytes of the body, at most {@link #MAX_BODY}
 * @param now when it came, for dates in it
 */
@SuppressWarnings("ArrayRecordComponent")
public record UpstreamReply(int status, Headers headers, byte[] body, Instant now) {

    /** How much of an error body is read; the rest is dropped. */
    public static final int MAX_BODY = 64 * 1024;

    /** Headers by name, without case. */
    @FunctionalInterface
    public interface Headers {

        /** No headers. */
        Headers NONE = name -> null;

        /** The first value of the header, or null. */
        @Nullable
        String first(String name);
    }

    /** The body is told or looks to be HTML: a proxy's page, not the provider's answer. */
    public boolean html() {
        var type = headers.first("content-type");
        if (type != null && type.regionMatches(true, 0, "text/html", 0, 9)) {
            return true;
        }
        for (byte b : body) {
            if (b > ' ') {
                return b == '<';
            }
        }
        return false;
    }
}
