package dev.serai.inbound;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Cross-origin answers: any origin, or the listed ones; never with credentials, since callers send keys and not cookies.
 */
final class Cors {

    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9, _-]{1,1024}");
    private static final String EXPOSED =
            "x-request-id, request-id, retry-after, x-gateway-provider, x-gateway-model, x-gateway-attempts,"
                    + " x-gateway-usage, x-gateway-dropped, x-gateway-conversation";

    private final boolean any;
    private final Set<String> origins;

    Cors(List<String> origins) {
        this.any = origins.contains("*");
        this.origins = Set.copyOf(origins);
    }

    void answer(HttpServletRequest request, HttpServletResponse response, String path) {
        String origin = request.getHeader("origin");
        if (origin == null || isClosed(path)) {
            return;
        }
        if (any) {
            response.setHeader("access-control-allow-origin", "*");
        } else {
            response.addHeader("vary", "origin");
            if (!origins.contains(origin)) {
                return;
            }
            response.setHeader("access-control-allow-origin", origin);
        }
        response.setHeader("access-control-expose-headers", EXPOSED);
    }

    /** What the operator does is for no other site's scripts. */
    private static boolean isClosed(String path) {
        return path.equals("/admin") || path.startsWith("/admin/");
    }

    /** The further headers of a preflight's answer. */
    void preflight(HttpServletRequest request, HttpServletResponse response, String path, String methods) {
        if (isClosed(path)) {
            return;
        }
        response.setHeader("access-control-allow-methods", methods);
        response.setHeader("access-control-max-age", "86400");
        String asked = request.getHeader("access-control-request-headers");
        if (asked != null && HEADER_NAMES.matcher(asked).matches()) {
            response.setHeader("access-control-allow-headers", asked);
        }
    }
}
