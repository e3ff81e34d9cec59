package dev.serai.account;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The issuers by kind of provider, one for each. They are asked for when first needed, for they may need much themselves. */
final class Issuers {

    private final Supplier<List<TokenIssuer>> source;
    private volatile @Nullable Map<String, TokenIssuer> byProvider;

    Issuers(Supplier<List<TokenIssuer>> source) {
        this.source = source;
    }

    @Nullable
    TokenIssuer of(String provider) {
        return byProvider().get(provider);
    }

    /** The kinds of provider whose accounts can be used. */
    List<String> providers() {
        return byProvider().keySet().stream().sorted().toList();
    }

    private Map<String, TokenIssuer> byProvider() {
        var known = byProvider;
        if (known == null) {
            known = source.get().stream()
                    .collect(Collectors.toUnmodifiableMap(TokenIssuer::provider, Function.identity()));
            byProvider = known;
        }
        return known;
    }
}
