package dev.serai.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.Failure;
import java.time.Instant;

/**
 * How one kind of upstream tells its failures. Stateless and free of I/O. What it returns may be told to a caller: the
 * upstream's own sentence appears only where the request is at fault, and masked; all else is a fixed sentence.
 */
public interface Failures {

    /** The failure in an answer that is none: any status but 2xx, or a 2xx whose body is an error or not JSON. */
    Failure of(UpstreamReply reply);

    /** The failure in the data of a stream's event: an object with a member {@code error}, or the error object itself. */
    Failure inStream(JsonNode data, Instant now);
}
