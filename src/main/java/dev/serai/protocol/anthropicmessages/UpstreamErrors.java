package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.protocol.UpstreamError;

/** Errors inside a 200 of an upstream; the caller is never told the upstream's own words. */
public final class UpstreamErrors {

    private UpstreamErrors() {}

    public static Failure classify(UpstreamError error, FailureClass otherwise) {
        return switch (error.type()) {
            case "overloaded_error" -> of(FailureClass.OVERLOAD);
            case "rate_limit_error" -> of(FailureClass.RATE);
            case "authentication_error" -> of(FailureClass.KEY_DEAD);
            case "billing_error" -> of(FailureClass.QUOTA);
            case "permission_error" -> of(FailureClass.KEY_RIGHTS);
            case "not_found_error" -> of(FailureClass.MODEL);
            default -> of(otherwise);
        };
    }

    /** The failure of a class as a caller may know it. */
    public static Failure of(FailureClass type) {
        return dev.serai.protocol.UpstreamErrors.of(type);
    }

    /** The member {@code error} of an answer. */
    static UpstreamError read(JsonNode error) {
        return new UpstreamError(
                error.path("code").asText(""),
                error.path("type").asText(""),
                error.isTextual() ? error.textValue() : error.path("message").asText(""));
    }
}
