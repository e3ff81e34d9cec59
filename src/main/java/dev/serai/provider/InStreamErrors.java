package dev.serai.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.message.Failure;
import dev.serai.protocol.UpstreamError;
import java.time.Clock;

/** Errors told inside a 200, classified as the same provider's other failures are: a key's trouble rests the key there too. */
public final class InStreamErrors {

    private final Failures failures;
    private final Clock clock;

    public InStreamErrors(Failures failures, Clock clock) {
        this.failures = failures;
        this.clock = clock;
    }

    public Failure classify(UpstreamError error) {
        return classify(error.code(), error.type(), error.message());
    }

    /** @param code {@code ""} for what the error does not say, as the others */
    public Failure classify(String code, String type, String message) {
        var data = JsonNodeFactory.instance.objectNode();
        data.putObject("error").put("code", code).put("type", type).put("message", message);
        return failures.inStream(data, clock.instant());
    }
}
