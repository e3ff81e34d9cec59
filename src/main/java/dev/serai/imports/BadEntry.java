package dev.serai.imports;

import dev.serai.message.Refusal;

/** Something in an old store that cannot be taken over. The message tells its place and never its secret. */
final class BadEntry extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadEntry(String place, String reason) {
        super(place + ": " + reason);
    }

    BadEntry(String place, Refusal refusal) {
        this(place + " (" + refusal.failure().param() + ")", refusal.failure().message());
    }
}
