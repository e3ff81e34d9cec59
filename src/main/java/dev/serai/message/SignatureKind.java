package dev.serai.message;

import java.util.Locale;

/** What a provider's signature is; the lower-case name stands in packed signatures. */
public enum SignatureKind {
    SIGNATURE,
    REDACTED_DATA,
    ENCRYPTED_CONTENT,
    THOUGHT_SIGNATURE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
