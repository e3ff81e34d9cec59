package dev.serai.testkit.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes tokens in the form of JWTs. Nothing is signed: only the emulator that made one knows what it is worth. */
public final class SyntheticTokens {

    private final String algorithm;
    private final AtomicInteger made = new AtomicInteger();

    /** @param algorithm what the head claims */
    public SyntheticTokens(String algorithm) {
        this.algorithm = algorithm;
    }

    /** A token like no other. */
    public String of(ObjectNode claims) {
        String id = "synthetic-" + made.incrementAndGet();
        return part(Json.bytes(Json.object().put("alg", algorithm).put("typ", "JWT"))) + "."
                + part(Json.bytes(claims.put("jti", id))) + "." + part(id.getBytes(StandardCharsets.UTF_8));
    }

    private static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
