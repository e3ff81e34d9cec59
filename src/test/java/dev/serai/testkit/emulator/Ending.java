package dev.serai.testkit.emulator;

/** How the connection of a stream ends. */
public enum Ending {
    /** The body is complete. */
    WHOLE,
    /** The connection closes inside the body. */
    CUT,
    /** The connection is reset. */
    RESET,
    /** Nothing more comes until the other side leaves. */
    STALL,
    /** The other side left first; never asked for, only reported. */
    LEFT
}
