package dev.serai.account;

/** Why tokens are asked for. */
enum Occasion {
    /** A call needs one now. */
    CALL,
    /** The one there is nears its end. */
    AHEAD,
    /** To see whether the account works. */
    CHECK
}
