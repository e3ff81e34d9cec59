package dev.serai.message;

/** Whether a tool takes JSON arguments or free text. */
public enum ToolKind {
    FUNCTION,
    CUSTOM
}
