package dev.serai.message;

/** How much of the reasoning a text is. */
public enum ReasoningForm {
    FULL,
    SUMMARY,
    REDACTED
}
