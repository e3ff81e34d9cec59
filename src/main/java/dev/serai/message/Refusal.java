package dev.serai.message;

/** The only exception a caller may cause: it carries what the caller is told. Has no stack trace. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public Refusal(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    public Refusal(Kind kind, String message) {
        this(Failure.of(kind, kind == Kind.OVERLOADED ? FailureClass.GATEWAY : FailureClass.CLIENT, message));
    }

    /** A refusal of the field {@code param} of the request. */
    public static Refusal invalid(String param, String message) {
        return new Refusal(Failure.invalid(param, message));
    }

    public Failure failure() {
        return failure;
    }
}
