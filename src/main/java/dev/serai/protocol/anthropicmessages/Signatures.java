package dev.serai.protocol.anthropicmessages;

import dev.serai.message.ProviderSignature;
import dev.serai.message.SignatureKind;
import org.jspecify.annotations.Nullable;

/** Seals as they stand in thinking blocks: raw where Anthropic issued them, packed where somebody else did. */
final class Signatures {

    /** The issuer of a seal that is not packed. */
    static final String ISSUER = "anthropic";

    /** How the base64 of every packed seal begins. */
    static final String PACKED = "eyJ2IjoxLCJwIjoi";

    private Signatures() {}

    /** @return null for no seal */
    static @Nullable ProviderSignature read(@Nullable String value, SignatureKind kind, String issuer) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.startsWith(PACKED)) {
            return ProviderSignature.unpack(value).orElse(ProviderSignature.of(issuer, kind, value));
        }
        return ProviderSignature.of(issuer, kind, value);
    }

    /** For a caller. */
    static String write(@Nullable ProviderSignature seal) {
        if (seal == null) {
            return "";
        }
        return seal.issuer().equals(ISSUER) ? seal.value() : seal.packed();
    }

    /** Whether the seal is an Anthropic one of this issuer, so that its block may be sent there. */
    static boolean own(@Nullable ProviderSignature seal, String issuer) {
        return seal != null
                && seal.issuer().equals(issuer)
                && (seal.kind() == SignatureKind.SIGNATURE || seal.kind() == SignatureKind.REDACTED_DATA);
    }
}
