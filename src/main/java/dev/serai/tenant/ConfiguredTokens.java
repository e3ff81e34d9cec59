package dev.serai.tenant;

import dev.serai.secret.Secret;
import dev.serai.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The tokens of {@code PROXY_AUTH_TOKEN} and {@code API_KEY}, each a comma-separated list: keys without limits that
 * need no database. They are matched by digest, which tells nothing by its timing. Their ids depend on their places in
 * the lists only, so that a token can change and keep its history.
 */
final class ConfiguredTokens {

    private final Map<Digest, ApiKey> keys;

    private ConfiguredTokens(Map<Digest, ApiKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    static ConfiguredTokens of(Secrets secrets, KeyDigest digest) {
        Map<Digest, ApiKey> keys = new HashMap<>();
        add(keys, "proxy-auth-token", secrets.findAll("PROXY_AUTH_TOKEN"), digest);
        add(keys, "api-key", secrets.findAll("API_KEY"), digest);
        return new ConfiguredTokens(keys);
    }

    private static void add(Map<Digest, ApiKey> keys, String name, List<Secret> tokens, KeyDigest digest) {
        for (int place = 1; place <= tokens.size(); place++) {
            String numbered = name + "-" + place;
            UUID id = UUID.nameUUIDFromBytes(("serai:" + numbered).getBytes(StandardCharsets.US_ASCII));
            ApiKey key = ApiKey.unlimited(id, tokens.size() == 1 ? name : numbered);
            keys.putIfAbsent(digest.of(tokens.get(place - 1).reveal()), key);
        }
    }

    Optional<ApiKey> find(Digest digest) {
        return Optional.ofNullable(keys.get(digest));
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }
}
