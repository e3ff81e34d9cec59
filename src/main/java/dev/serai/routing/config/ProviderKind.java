package dev.serai.routing.config;

import org.jspecify.annotations.Nullable;

/** The kinds of provider that ROUTES_CONFIG knows. */
enum ProviderKind {
    OPENAI("openai", "https://api.openai.com/v1", true),
    ZHIPU("zhipu", "https://api.z.ai/api/paas/v4", true),
    ANTHROPIC("anthropic", "https://api.anthropic.com", true),
    GEMINI("gemini", "https://generativelanguage.googleapis.com", true),
    CHATGLM_WEB("chatglm-web", "https://chatglm.cn", false),
    ZAI_WEB("zai-web", "https://chat.z.ai", false),
    CAMEL("camel", null, false),
    SIMULATOR("simulator", "direct:provider.simulator", false);

    private final String id;
    private final @Nullable String defaultUrl;
    private final boolean keyed;

    ProviderKind(String id, @Nullable String defaultUrl, boolean keyed) {
        this.id = id;
        this.defaultUrl = defaultUrl;
        this.keyed = keyed;
    }

    /** As in route ids and metric labels. */
    String id() {
        return id;
    }

    /** Where the upstream is when nothing else is said. */
    @Nullable
    String defaultUrl() {
        return defaultUrl;
    }

    /** Whether the upstream at the default address wants a key with every call. */
    boolean keyed() {
        return keyed;
    }

    /** Whether its credentials may come from a pool of accounts besides those that an entry names. */
    boolean pooled() {
        return this == CHATGLM_WEB || this == ZAI_WEB;
    }

    /** Whether the keys that an entry names are among those of its pool, which then serves without them too. */
    boolean poolHoldsNamedKeys() {
        return this == CHATGLM_WEB;
    }

    /** Whether the upstream is a Camel route rather than an address. */
    boolean route() {
        return this == CAMEL || this == SIMULATOR;
    }
}
