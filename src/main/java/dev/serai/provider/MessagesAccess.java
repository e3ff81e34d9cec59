package dev.serai.provider;

import dev.serai.protocol.Envelope;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.protocol.anthropicmessages.AnthropicMessagesProtocol;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code /v1/messages} below the base URL, which may hold the {@code /v1} already. The caller's API version goes along with
 * its own bytes; a request written anew is of the first version. The names of betas go along wherever the caller speaks this
 * protocol.
 */
public record MessagesAccess(Surface surface, Failures failures, String credentialHeader, String credentialPrefix)
        implements Access {

    @Override
    public String url(String baseUrl, Target target) {
        return below(baseUrl);
    }

    @Override
    public String countUrl(String baseUrl, Target target) {
        return below(baseUrl) + "/count_tokens";
    }

    /** Where messages are created below a base URL. */
    public static String below(String baseUrl) {
        return baseUrl + (baseUrl.endsWith("/v1") ? "/messages" : "/v1/messages");
    }

    @Override
    public Map<String, String> headers(Envelope envelope, boolean passthrough) {
        var headers = new HashMap<>(version(envelope, passthrough));
        String betas = envelope.traits().get(AnthropicMessagesProtocol.BETAS);
        if (betas != null) {
            headers.put(AnthropicMessagesProtocol.BETAS, betas);
        }
        return headers;
    }

    /** The header that names the API version. */
    public static Map<String, String> version(Envelope envelope, boolean passthrough) {
        String asked = envelope.traits().get(AnthropicMessagesProtocol.VERSION);
        return Map.of(
                AnthropicMessagesProtocol.VERSION,
                passthrough && asked != null ? asked : AnthropicMessagesProtocol.FIRST_VERSION);
    }
}
