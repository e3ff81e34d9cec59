package dev.serai.message;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider's seal on reasoning or on a call. Opaque; only its issuer can read it.
 *
 * @param issuer the protocol it was issued in, such as {@code anthropic}
 * @param providerId the provider that issued it, where known
 * @param model the upstream model that issued it, where known
 * @param value the seal as the issuer wrote it
 * @param itemId the item it belongs to, where the issuer names items
 */
public record ProviderSignature(
        String issuer,
        @Nullable String providerId,
        @Nullable String model,
        SignatureKind kind,
        String value,
        @Nullable String itemId) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static ProviderSignature of(String issuer, SignatureKind kind, String value) {
        return new ProviderSignature(issuer, null, null, kind, value, null);
    }

    /** The form in which a signature travels through a client of another protocol: base64 of {@code {"v":1,"p":…,"k":…,"d":…}}. */
    public String packed() {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("v", 1).put("p", issuer).put("k", kind.wireName()).put("d", value);
        return Base64.getEncoder().encodeToString(node.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads {@link #packed()}; empty when {@code text} is something else. */
    public static Optional<ProviderSignature> unpack(String text) {
        try {
            JsonNode node = JSON.readTree(Base64.getDecoder().decode(text));
            if (node == null || node.path("v").asInt() != 1 || !node.path("d").isTextual()) {
                return Optional.empty();
            }
            var kind = SignatureKind.valueOf(node.path("k").asText().toUpperCase(Locale.ROOT));
            return Optional.of(of(node.path("p").asText(), kind, node.path("d").asText()));
        } catch (JacksonException | IllegalArgumentException notPacked) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
