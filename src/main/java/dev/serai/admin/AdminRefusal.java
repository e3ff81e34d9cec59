package dev.serai.admin;

import org.jspecify.annotations.Nullable;

/** A refusal with a status that calls of models do not know: 409 and 422. Never leaves the step it is thrown in. */
final class AdminRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String told;
    private final @Nullable String field;

    private AdminRefusal(int status, String told, @Nullable String field) {
        super(told, null, false, false);
        this.status = status;
        this.told = told;
        this.field = field;
    }

    /** What is asked for contradicts what is there. */
    static AdminRefusal conflict(String message, String field) {
        return new AdminRefusal(409, message, field);
    }

    /** It is well formed, and means nothing here. */
    static AdminRefusal unprocessable(String message, String field) {
        return new AdminRefusal(422, message, field);
    }

    int status() {
        return status;
    }

    String told() {
        return told;
    }

    @Nullable
    String field() {
        return field;
    }
}
