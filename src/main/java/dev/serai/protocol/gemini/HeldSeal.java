package dev.serai.protocol.gemini;

import dev.serai.message.ProviderSignature;
import org.jspecify.annotations.Nullable;

/** The seal of reasoning that waits for the part behind it. */
final class HeldSeal {

    private @Nullable ProviderSignature held;
    private int reasoning = -1;

    boolean isEmpty() {
        return held == null;
    }

    void hold(ProviderSignature seal) {
        held = seal;
    }

    @Nullable
    ProviderSignature take() {
        ProviderSignature seal = held;
        held = null;
        return seal;
    }

    /** Notes that the part {@code index} is reasoning. */
    void reasoning(int index) {
        reasoning = index;
    }

    boolean isReasoning(int index) {
        return reasoning == index;
    }
}
