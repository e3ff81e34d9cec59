package dev.serai.protocol.gemini;

import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.SignatureKind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** {@code thoughtSignature}: Gemini's own seals, those of others packed into it, and the word that stands for none. */
final class Seals {

    /** Gemini takes this for a call that it did not make, or whose seal is lost. */
    static final String SKIP = "skip_thought_signature_validator";

    private static final String OTHER_SKIP = "context_engineering_is_the_way_to_go";
    /** How every packed signature begins: {@code {"v":1,"p":"} in base64, as far as it does not depend on what follows. */
    private static final byte[] PACKED = "eyJ2IjoxLCJwIjoi".getBytes(StandardCharsets.US_ASCII);

    private Seals() {}

    /** The seal that a part carries; null for none, or for a word that says there is none. */
    static @Nullable ProviderSignature read(@Nullable String value) {
        if (value == null || value.isEmpty() || value.equals(SKIP) || value.equals(OTHER_SKIP)) {
            return null;
        }
        if (!value.startsWith("eyJ")) {
            return own(value);
        }
        return ProviderSignature.unpack(value).orElseGet(() -> own(value));
    }

    private static ProviderSignature own(String value) {
        return ProviderSignature.of(GeminiProtocol.NAME, SignatureKind.THOUGHT_SIGNATURE, value);
    }

    /** Whether Gemini can read it. */
    static boolean isOwn(@Nullable ProviderSignature seal) {
        return seal != null
                && seal.issuer().equals(GeminiProtocol.NAME)
                && seal.kind() == SignatureKind.THOUGHT_SIGNATURE;
    }

    /** Whether it seals reasoning, and not the part that carries it. */
    static boolean ofReasoning(ProviderSignature seal) {
        return seal.kind() != SignatureKind.THOUGHT_SIGNATURE;
    }

    /** Whether it is reasoning of its own rather than the seal of a text. */
    static boolean standsAlone(ProviderSignature seal) {
        return seal.kind() == SignatureKind.REDACTED_DATA;
    }

    /** Whether it is worth nothing without the text that it seals. */
    static boolean needsText(ProviderSignature seal) {
        return seal.kind() == SignatureKind.SIGNATURE;
    }

    static ReasoningForm form(ProviderSignature seal) {
        return seal.kind() == SignatureKind.SIGNATURE ? ReasoningForm.FULL : ReasoningForm.REDACTED;
    }

    static String write(ProviderSignature seal) {
        return isOwn(seal) ? seal.value() : seal.packed();
    }

    /** Whether a packed signature stands anywhere in these bytes: Gemini would refuse it. */
    static boolean anyPacked(byte[] body) {
        int last = body.length - PACKED.length;
        for (int i = 0; i <= last; i++) {
            if (body[i] == PACKED[0] && packedAt(body, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean packedAt(byte[] body, int at) {
        for (int i = 1; i < PACKED.length; i++) {
            if (body[at + i] != PACKED[i]) {
                return false;
            }
        }
        return true;
    }
}
