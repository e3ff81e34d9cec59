package dev.serai.secret;

/** The gateway cannot start as it is configured. The message is one sentence for the operator and holds no secret. */
public final class StartRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartRefused(String message) {
        super(message);
    }

    public StartRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
