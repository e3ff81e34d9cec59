package dev.serai.provider;

import dev.serai.protocol.Surface;
import java.util.Map;

/**
 * What one upstream kind expects: its surface, where chat requests go, how credentials are shown, how failures read.
 * Stateless. The steps {@code <kind>Request} and {@code <kind>Answer} of the route {@code provider.<kind>} are made of it.
 */
public interface Provider {

    /** The kind, as ROUTES_CONFIG names it. */
    String kind();

    /** The surface for calls that came in {@code protocol}: the same protocol where the upstream has it. */
    Surface surface(String protocol);

    /** Where chat requests go, below the base URL. */
    String path();

    /** Headers that every request carries besides the content type. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** How failures of this upstream read. */
    Failures failures();
}
