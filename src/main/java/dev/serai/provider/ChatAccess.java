package dev.serai.provider;

import dev.serai.protocol.Envelope;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import java.util.Map;

/** {@code /chat/completions} below the base URL, with a bearer token. */
public record ChatAccess(Surface surface, Failures failures, Map<String, String> headers) implements Access {

    @Override
    public String url(String baseUrl, Target target) {
        return baseUrl + "/chat/completions";
    }

    @Override
    public Map<String, String> headers(Envelope envelope, boolean passthrough) {
        return headers;
    }
}
