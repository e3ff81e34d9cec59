package dev.serai.transcript;

import dev.serai.json.Json;
import dev.serai.json.JsonObjectSpans;
import dev.serai.json.Splice;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What the answer of a call must show of its state, and what is to be kept with it. An exchange property between the two
 * steps that stand around a call.
 *
 * @param previousId what the caller builds on, or null
 * @param stored what the caller is told of {@code store}
 * @param inputItems everything the answer is made from, a JSON array; null where nothing is to be kept
 */
@SuppressWarnings("ArrayRecordComponent")
record Draft(@Nullable String previousId, boolean stored, byte @Nullable [] inputItems) {

    /** The exchange property. */
    static final String PROPERTY = "transcript";

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    /** The draft of a call, or null where the answer is to stay as it is. */
    static @Nullable Draft of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Draft.class);
    }

    /** A response object with the state that the caller asked for, not the one that the upstream was told. */
    byte[] shown(byte[] response, JsonObjectSpans members) {
        var splice = new Splice(response);
        splice.object(members)
                .set("previous_response_id", previousId == null ? NULL : Json.bytes(previousId))
                .set("store", String.valueOf(stored).getBytes(StandardCharsets.US_ASCII));
        return splice.apply();
    }
}
