package dev.serai.protocol.anthropicmessages;

import java.util.Locale;

/**
 * What a model's name tells of it (vendor's documentation of autumn 2026). A name that is not Claude's tells nothing: such a
 * model is taken to know all that the wire has.
 *
 * @param version major × 100 + minor, or {@value #UNKNOWN}
 */
record ClaudeModel(int version, boolean opus) {

    private static final int UNKNOWN = -1;
    private static final String FAMILY = "claude";
    private static final int MAX_NAME = 200;

    /** How thinking is asked for. */
    enum Thinking {
        /** It cannot think. */
        NONE,
        /** By a budget of tokens. */
        BUDGET,
        /** By an effort. */
        ADAPTIVE,
        /** Whichever way the caller chose. */
        EITHER
    }

    /** Finds the version in names such as {@code claude-opus-4-6}, {@code claude-3-7-sonnet-20250219}, {@code anthropic/claude-sonnet-4.5}. */
    static ClaudeModel of(String name) {
        String low = name.toLowerCase(Locale.ROOT);
        int at = low.indexOf(FAMILY);
        if (at < 0 || low.length() > MAX_NAME) {
            return new ClaudeModel(UNKNOWN, false);
        }
        int[] numbers = {0, 0};
        int count = 0;
        int digits = 0;
        int value = 0;
        for (int i = at; i <= low.length() && count < 2; i++) {
            char c = i < low.length() ? low.charAt(i) : '-';
            if (c >= '0' && c <= '9') {
                digits++;
                value = digits <= 2 ? value * 10 + c - '0' : value;
            } else if (digits > 2) {
                break;
            } else if (digits > 0) {
                numbers[count++] = value;
                digits = 0;
                value = 0;
            }
        }
        int version = count == 0 ? UNKNOWN : numbers[0] * 100 + numbers[1];
        return new ClaudeModel(version, low.contains("opus"));
    }

    private boolean known() {
        return version != UNKNOWN;
    }

    Thinking thinking() {
        if (!known()) {
            return Thinking.EITHER;
        }
        if (version < 307) {
            return Thinking.NONE;
        }
        return version < 406 ? Thinking.BUDGET : Thinking.ADAPTIVE;
    }

    /** Whether temperature, top_p and top_k are free to choose. */
    boolean takesSampling() {
        return !known() || version <= 406;
    }

    /** Whether temperature and top_p exclude each other. */
    boolean takesOneOfTemperatureAndTopP() {
        return version >= 401 && version <= 406;
    }

    /** Whether the last message may be the beginning of the answer. */
    boolean takesPrefill() {
        return !known() || version < 406;
    }

    boolean knowsSchemas() {
        return !known() || version >= 401;
    }

    boolean knowsExtraHighEffort() {
        return !known() || version >= 407;
    }

    /** What {@code max_tokens} is where the caller does not say. */
    long defaultTokens() {
        return Math.min(32_000, maxTokens());
    }

    /** The most that {@code max_tokens} may be. */
    long maxTokens() {
        if (!known()) {
            return 64_000;
        }
        if (version < 305) {
            return 4096;
        }
        if (version < 307) {
            return 8192;
        }
        if (version < 406) {
            return opus && version < 405 ? 32_000 : 64_000;
        }
        return 128_000;
    }
}
