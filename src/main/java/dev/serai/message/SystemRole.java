package dev.serai.message;

/** The rank of a system text; only the OpenAI protocols tell the two apart. */
public enum SystemRole {
    SYSTEM,
    DEVELOPER
}
