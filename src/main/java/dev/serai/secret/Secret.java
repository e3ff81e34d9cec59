package dev.serai.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A secret value. It prints as dots; only {@link #reveal()} hands it out, to the one place that puts it on a wire. */
public final class Secret {

    private final String value;

    public Secret(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("an empty secret");
        }
        this.value = value;
    }

    public String reveal() {
        return value;
    }

    /** Compares in constant time. */
    public boolean matches(String other) {
        return MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && matches(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "••••";
    }
}
