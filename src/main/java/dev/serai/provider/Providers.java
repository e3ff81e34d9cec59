package dev.serai.provider;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The providers that are reached over HTTP, by kind. */
public final class Providers {

    private final Map<String, Provider> byKind;

    public Providers(List<Provider> providers) {
        byKind = providers.stream().collect(Collectors.toUnmodifiableMap(Provider::kind, Function.identity()));
    }

    /** The provider of this kind, or null: such as a Camel route. */
    public @Nullable Provider of(String kind) {
        return byKind.get(kind);
    }
}
