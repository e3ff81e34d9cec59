package dev.serai.testkit.emulator;

import dev.serai.testkit.FakeUpstream.Received;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The two halves of a request's target. */
public final class Queries {

    private Queries() {}

    public static String path(Received request) {
        int mark = request.path().indexOf('?');
        return mark < 0 ? request.path() : request.path().substring(0, mark);
    }

    /** Its parameters, decoded; of a repeated one the last. */
    public static Map<String, String> query(Received request) {
        var query = new LinkedHashMap<String, String>();
        int mark = request.path().indexOf('?');
        if (mark >= 0) {
            for (String pair : request.path().substring(mark + 1).split("&")) {
                int equals = pair.indexOf('=');
                query.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    /** The credential behind {@code Bearer}; empty when there is none. */
    public static String bearer(Received request) {
        String value = request.header("authorization");
        return value.startsWith("Bearer ") ? value.substring("Bearer ".length()) : "";
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
