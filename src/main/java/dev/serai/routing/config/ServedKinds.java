package dev.serai.routing.config;

import java.util.Set;

/**
 * The provider kinds for which there is a provider route. A candidate of another known kind is skipped with a warning.
 *
 * @param ids such as {@code openai}
 */
public record ServedKinds(Set<String> ids) {

    public ServedKinds {
        ids = Set.copyOf(ids);
    }

    /** What this version of the gateway serves. */
    public static ServedKinds today() {
        return new ServedKinds(
                Set.of("openai", "zhipu", "anthropic", "gemini", "chatglm-web", "zai-web", "camel", "simulator"));
    }

    boolean serves(ProviderKind kind) {
        return ids.contains(kind.id());
    }
}
