package dev.serai.transcript;

import java.time.Instant;

/**
 * A response that is kept.
 *
 * @param responseId as its caller got it
 * @param response the whole response object, as its caller got it
 * @param inputItems a JSON array: everything the response was made from, earlier turns included
 */
@SuppressWarnings("ArrayRecordComponent")
record Transcript(String responseId, byte[] response, byte[] inputItems, Instant createdAt, Instant expiresAt) {

    int size() {
        return response.length + inputItems.length;
    }
}
