package dev.serai.policy.authenticate;

import dev.serai.call.Client;
import dev.serai.message.Refusal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one credential of a request, from {@code Authorization} (with or without {@code Bearer}), {@code x-api-key},
 * {@code x-goog-api-key}, {@code ?key=} or {@code ?api_key=}. The same value in two places counts as one; different values,
 * or one header or parameter given twice, are refused, so that nobody can slip a second one in.
 */
final class Credentials {

    private static final int MAX_TRIED = 8;
    private static final String BEARER = "bearer ";

    private Credentials() {}

    /** The keys to try in their order: a comma-separated list holds several. Empty: none was given. */
    static List<String> of(Client client) {
        Set<String> values = new LinkedHashSet<>();
        add(values, withoutBearer(only("Authorization", client.headers("authorization"))));
        add(values, only("x-api-key", client.headers("x-api-key")));
        add(values, only("x-goog-api-key", client.headers("x-goog-api-key")));
        add(values, only("key", client.query("key")));
        add(values, only("api_key", client.query("api_key")));
        if (values.size() > 1) {
            throw Refusal.invalid("Authorization", "Send one credential in one place; this request carries several.");
        }
        return values.stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::trim)
                .filter(key -> !key.isEmpty())
                .limit(MAX_TRIED)
                .toList();
    }

    private static void add(Set<String> values, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            values.add(value.trim());
        }
    }

    private static @Nullable String only(String name, List<String> values) {
        if (values.size() > 1) {
            throw Refusal.invalid(name, "'" + name + "' is given more than once.");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static @Nullable String withoutBearer(@Nullable String value) {
        if (value == null || !value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return value;
        }
        return value.substring(BEARER.length());
    }
}
