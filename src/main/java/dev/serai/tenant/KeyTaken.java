package dev.serai.tenant;

import java.util.UUID;

/** A key that was to be taken over is known already. Nothing was changed. */
public final class KeyTaken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    KeyTaken(UUID id) {
        super("the key is known already", null, false, false);
        this.id = id;
    }

    /** Whose it is. */
    public UUID id() {
        return id;
    }
}
