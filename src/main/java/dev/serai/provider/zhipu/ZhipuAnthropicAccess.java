package dev.serai.provider.zhipu;

import dev.serai.protocol.Envelope;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.provider.Access;
import dev.serai.provider.Failures;
import dev.serai.provider.MessagesAccess;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code api/anthropic} at the host of the base URL, with a bearer token. Names of betas are not sent there. */
record ZhipuAnthropicAccess(Surface surface, Failures failures, Map<String, String> more) implements Access {

    private static final Set<String> HOSTS = Set.of("open.bigmodel.cn", "api.z.ai");
    private static final String PLACE = "/api/anthropic";

    /** Whether the base URL is this surface already. */
    static boolean isMeant(String baseUrl) {
        return baseUrl.endsWith(PLACE) || baseUrl.endsWith(PLACE + "/v1");
    }

    /** Whether there is such a surface beside the one of the base URL. */
    static boolean isBeside(String baseUrl) {
        String host = host(baseUrl);
        return host != null && HOSTS.contains(host);
    }

    private static @Nullable String host(String baseUrl) {
        String host = URI.create(baseUrl).getHost();
        return host == null ? null : host.toLowerCase(Locale.ROOT);
    }

    @Override
    public String url(String baseUrl, Target target) {
        if (isMeant(baseUrl)) {
            return MessagesAccess.below(baseUrl);
        }
        URI base = URI.create(baseUrl);
        return MessagesAccess.below(base.getScheme() + "://" + base.getRawAuthority() + PLACE);
    }

    @Override
    public Map<String, String> headers(Envelope envelope, boolean passthrough) {
        var headers = new HashMap<>(more);
        headers.putAll(MessagesAccess.version(envelope, passthrough));
        return headers;
    }
}
