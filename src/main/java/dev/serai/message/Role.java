package dev.serai.message;

/** Who speaks. {@link #SYSTEM} only in mid-conversation: leading system text is {@link ChatRequest#system()}. */
public enum Role {
    USER,
    ASSISTANT,
    SYSTEM
}
