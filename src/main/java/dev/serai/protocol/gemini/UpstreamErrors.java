package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;

/** How an error inside a 200 of an upstream is told. */
@FunctionalInterface
public interface UpstreamErrors {

    /** The failure that an object with a member {@code error} tells. */
    Failure of(JsonNode data);

    /** The failure of an answer that is none, or is not whole. */
    static Failure broken(FailureClass type) {
        return Failure.of(
                Kind.UPSTREAM_ERROR,
                type,
                type == FailureClass.STREAM_BROKEN
                        ? "The upstream provider failed during the answer."
                        : "The upstream provider failed.");
    }
}
