package dev.serai.routing;

import dev.serai.credential.CredentialPool;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of provider whose credentials come from a pool. */
public final class CredentialPools {

    /** No kind has one. */
    public static final CredentialPools NONE = new CredentialPools(List.of());

    private final Map<String, CredentialPool> byKind;

    /** @param pools one for a kind at most */
    public CredentialPools(List<CredentialPool> pools) {
        byKind = pools.stream().collect(Collectors.toUnmodifiableMap(CredentialPool::kind, Function.identity()));
    }

    @Nullable
    CredentialPool of(String kind) {
        return byKind.get(kind);
    }
}
