package dev.serai.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serai.json.Json;
import dev.serai.provider.RetryHint;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The details of a google.rpc.Status. Reading never fails.
 *
 * @param status the canonical name of the error, such as {@code RESOURCE_EXHAUSTED}, or {@code ""}
 * @param reasons those of every ErrorInfo
 * @param retryDelay that of a RetryInfo
 * @param perDay a quota of a day is used up
 * @param limitZero a quota is zero: the project may not use the model at all
 * @param field the first field that a BadRequest names
 */
record GoogleDetails(
        String status,
        Set<String> reasons,
        @Nullable Duration retryDelay,
        boolean perDay,
        boolean limitZero,
        @Nullable String field) {

    private static final int MOST = 32;

    static GoogleDetails read(byte[] body) {
        try {
            return of(Json.tree(body, 0, body.length));
        } catch (IOException e) {
            return of(MissingNode.getInstance());
        }
    }

    static GoogleDetails of(JsonNode tree) {
        JsonNode root = tree.isArray() ? tree.path(0) : tree;
        JsonNode error = root.path("error").isObject() ? root.path("error") : root;
        var reasons = new HashSet<String>();
        Duration delay = null;
        boolean perDay = false;
        boolean limitZero = false;
        String field = null;
        JsonNode details = error.path("details");
        for (int i = 0; i < Math.min(details.size(), MOST); i++) {
            JsonNode detail = details.path(i);
            reasons.add(detail.path("reason").asText(""));
            delay = delay == null ? delay(detail.path("retryDelay").textValue()) : delay;
            JsonNode violations = detail.path("violations");
            for (int j = 0; j < Math.min(violations.size(), MOST); j++) {
                perDay |= violations.path(j).path("quotaId").asText("").contains("PerDay");
                limitZero |= violations.path(j).path("quotaValue").asText("").equals("0");
            }
            field = field == null
                    ? detail.path("fieldViolations").path(0).path("field").textValue()
                    : field;
        }
        return new GoogleDetails(error.path("status").asText(""), reasons, delay, perDay, limitZero, field);
    }

    boolean is(String name) {
        return status.equals(name);
    }

    boolean because(String reason) {
        return reasons.contains(reason);
    }

    /** The HTTP status that belongs to the error's name, or 0. */
    int httpStatus() {
        return switch (status) {
            case "INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE" -> 400;
            case "UNAUTHENTICATED" -> 401;
            case "PERMISSION_DENIED" -> 403;
            case "NOT_FOUND" -> 404;
            case "RESOURCE_EXHAUSTED" -> 429;
            case "UNAVAILABLE" -> 503;
            case "DEADLINE_EXCEEDED" -> 504;
            default -> 0;
        };
    }

    /** A duration as Protocol Buffers write one: seconds with an {@code s}. */
    private static @Nullable Duration delay(@Nullable String text) {
        if (text == null || !text.endsWith("s") || text.length() > 24) {
            return null;
        }
        try {
            var millis = new BigDecimal(text.substring(0, text.length() - 1)).movePointRight(3);
            long most = RetryHint.MAX.toMillis();
            long told = millis.min(BigDecimal.valueOf(most)).longValue();
            return told <= 0 ? null : Duration.ofMillis(told);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
