package dev.serai.protocol.openaimedia;

import java.util.Map;

/** A request for media as it goes on to an upstream of the same wire. */
@SuppressWarnings("ArrayRecordComponent")
public record SentBody(String contentType, byte[] bytes) {

    /** The headers that tell what it is. */
    public Map<String, String> headers() {
        return Map.of("content-type", contentType);
    }
}
