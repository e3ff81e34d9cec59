package dev.serai.provider.chatglmweb;

import dev.serai.protocol.Envelope;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.provider.Access;
import dev.serai.provider.Failures;
import java.util.Map;

/**
 * The way into the service for one attempt.
 *
 * @param sent the headers of the attempt's request
 */
record ChatglmAccess(Surface surface, Failures failures, Map<String, String> sent) implements Access {

    @Override
    public String url(String baseUrl, Target target) {
        return baseUrl + "/chatglm/backend-api/assistant/stream";
    }

    @Override
    public Map<String, String> headers(Envelope envelope, boolean passthrough) {
        return sent;
    }
}
