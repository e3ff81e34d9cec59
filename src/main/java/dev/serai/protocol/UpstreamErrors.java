package dev.serai.protocol;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import java.util.Locale;

/** Errors inside a 200 of an OpenAI-compatible upstream; the caller is never told the upstream's own words. */
public final class UpstreamErrors {

    private UpstreamErrors() {}

    public static Failure classify(UpstreamError error, FailureClass otherwise) {
        String code = error.code().isEmpty() ? error.type() : error.code();
        return switch (code) {
            case "context_length_exceeded" -> of(FailureClass.CONTEXT);
            case "content_filter", "content_policy_violation" -> of(FailureClass.CONTENT);
            case "model_not_found" -> of(FailureClass.MODEL);
            case "invalid_api_key", "account_deactivated", "authentication_error" -> of(FailureClass.KEY_DEAD);
            case "insufficient_quota", "billing_hard_limit_reached" -> of(FailureClass.QUOTA);
            case "rate_limit_exceeded", "requests", "tokens", "429" -> of(FailureClass.RATE);
            case "overloaded", "slow_down", "service_unavailable", "503" -> of(FailureClass.OVERLOAD);
            default -> of(isOverload(error.message()) ? FailureClass.OVERLOAD : otherwise);
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
            case CLIENT, REASONING, MODEL, UNSUPPORTED, UPSTREAM, NETWORK, EMPTY, GATEWAY, CLIENT_GONE ->
                Failure.of(Kind.UPSTREAM_ERROR, type, "The upstream provider failed.");
        };
    }

    private static boolean isOverload(String message) {
        return message.toLowerCase(Locale.ROOT).contains("overloaded");
    }
}
