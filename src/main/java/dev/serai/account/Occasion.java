package dev.serai.account;

/** Why tokens are asked for. */
enum Occasion {
    /** A call needs one now. */
    CALL,
    /** The one there is nears its end. */
    AHEAD,
    /** To see whether a dead account works. */
    CHECK,
    /** An operator wants to know whether the account works. */
    ORDER;

    /** Whether an account that works is healthy again. */
    boolean heals() {
        return this == CHECK || this == ORDER;
    }

    /** Whether it waits for who is at the account already, or leaves it to him. */
    boolean waits() {
        return this == CALL || this == ORDER;
    }
}
