package dev.serai.message;

import java.util.Locale;

/** How hard a model shall think. */
public enum Effort {
    NONE,
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    XHIGH,
    MAX;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The effort that a budget of thinking tokens stands for. */
    public static Effort ofBudget(long tokens) {
        if (tokens == 0) {
            return NONE;
        }
        if (tokens <= 1024) {
            return MINIMAL;
        }
        if (tokens <= 4096) {
            return LOW;
        }
        if (tokens <= 12288) {
            return MEDIUM;
        }
        return tokens <= 20480 ? HIGH : XHIGH;
    }
}
