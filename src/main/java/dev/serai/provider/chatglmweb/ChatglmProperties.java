package dev.serai.provider.chatglmweb;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the provider chatglm-web does as it is told.
 *
 * @param baseUrl where access tokens are asked for; calls go to the entry's own base URL
 * @param signSecret the constant that the service's web page signs with; it is public and may change
 * @param frames how texts are told, where that is not to be found out
 * @param userAgent of the browser whose headers are sent
 * @param headers further headers of an operator's own, such as a cookie; they win over the gateway's
 */
@ConfigurationProperties(prefix = "serai.chatglm-web", ignoreUnknownFields = false)
public record ChatglmProperties(
        @DefaultValue("https://chatglm.cn") String baseUrl,
        @DefaultValue(SIGN_SECRET) String signSecret,
        @DefaultValue("auto") FrameStyle frames,

        @DefaultValue(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36")
        String userAgent,

        @DefaultValue Map<String, String> headers) {

    private static final String SIGN_SECRET = "8a1317a7468aa3ad86e997d08f3f31cb";

    /** A variable that is set and empty is none. */
    public ChatglmProperties {
        signSecret = signSecret.isBlank() ? SIGN_SECRET : signSecret.strip();
    }

    @Override
    public String toString() {
        return "ChatglmProperties[" + baseUrl + ", " + frames + "]";
    }
}
