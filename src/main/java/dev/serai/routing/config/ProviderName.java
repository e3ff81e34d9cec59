package dev.serai.routing.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What may stand at {@code provider}: the kinds, and the names by which AI-Worker-Proxy and the web proxies call them.
 *
 * @param kind what is meant
 * @param chatOnly the Responses surface is never used
 * @param urlRequired there is no default address under this name
 */
record ProviderName(ProviderKind kind, boolean chatOnly, boolean urlRequired) {

    /** A name of AI-Worker-Proxy that no gateway outside of its platform can serve. */
    static final String REFUSED = "cloudflare-ai";

    static final String REFUSED_REASON =
            "cloudflare-ai works through a binding that exists only inside a Cloudflare Worker; "
                    + "use openai-compatible with the Workers AI REST address of your account as baseUrl";

    private static final Map<String, ProviderName> ALL = all();

    /** All names in the order in which a message should list them. */
    static Map<String, ProviderName> names() {
        return ALL;
    }

    private static Map<String, ProviderName> all() {
        var names = new LinkedHashMap<String, ProviderName>();
        for (var kind : ProviderKind.values()) {
            names.put(kind.id(), new ProviderName(kind, false, kind.defaultUrl() == null));
        }
        names.put("openaiChat", new ProviderName(ProviderKind.OPENAI, true, false));
        names.put("openai-compatible", new ProviderName(ProviderKind.OPENAI, true, true));
        names.put("anthropic-compatible", new ProviderName(ProviderKind.ANTHROPIC, false, true));
        names.put("google", new ProviderName(ProviderKind.GEMINI, false, false));
        names.put("chatglm", new ProviderName(ProviderKind.CHATGLM_WEB, false, false));
        names.put("zai", new ProviderName(ProviderKind.ZAI_WEB, false, false));
        return Collections.unmodifiableMap(names);
    }
}
