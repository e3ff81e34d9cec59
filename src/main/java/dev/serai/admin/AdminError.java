package dev.serai.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of an error of the admin API. */
final class AdminError {

    /** Paths that HelloGML had. */
    private static final String HELLO_GML = "/admin/(apikey|token)(/.*)?";

    private AdminError() {}

    static Map<String, ?> of(String path, String message, @Nullable String field) {
        var body = new LinkedHashMap<String, Object>();
        if (path.matches(HELLO_GML)) {
            body.put("code", -1);
            body.put("message", message);
            body.put("data", null);
            return body;
        }
        body.put("message", message);
        if (field != null) {
            body.put("field", field);
        }
        return body;
    }
}
