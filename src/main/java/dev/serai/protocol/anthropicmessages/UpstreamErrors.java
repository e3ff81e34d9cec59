package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;

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

    /** The failure of a class as a caller may know it: keys and money of the gateway are not the caller's fault. */
    public static Failure of(FailureClass type) {
        return switch (type) {
            case CONTEXT -> Failure.of(Kind.CONTEXT_LENGTH_EXCEEDED, type, "The prompt is too long for the model.");
            case CONTENT ->
                Failure.of(Kind.CONTENT_BLOCKED, type, "The request was blocked by the provider's content filter.");
            case RATE, OVERLOAD, QUOTA, QUOTA_WINDOW, KEY_DEAD, KEY_RIGHTS ->
                Failure.of(Kind.OVERLOADED, type, "The upstream provider is overloaded.");
            case STREAM_BROKEN ->
                Failure.of(Kind.UPSTREAM_ERROR, type, "The upstream provider failed during the answer.");
            case TIMEOUT_FIRST_BYTE -> Failure.of(Kind.TIMEOUT, type, "The upstream provider did not answer in time.");
            case CLIENT, REASONING, MODEL, UPSTREAM, NETWORK, EMPTY, GATEWAY, CLIENT_GONE ->
                Failure.of(Kind.UPSTREAM_ERROR, type, "The upstream provider failed.");
        };
    }

    /** The member {@code error} of an answer. */
    static UpstreamError read(JsonNode error) {
        return new UpstreamError(
                error.path("code").asText(""),
                error.path("type").asText(""),
                error.isTextual() ? error.textValue() : error.path("message").asText(""));
    }
}
