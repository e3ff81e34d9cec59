package dev.serai.provider.zhipu;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a model's name tells of it (vendor's list of 2026-07). */
record ZhipuModel(Thinking thinking, boolean textOnly, boolean hears) {

    private static final Pattern GLM = Pattern.compile("glm-(\\d+)(?:\\.(\\d+))?(v?)(.*)");

    /** How thinking is steered. */
    enum Thinking {
        /** It has no switch. */
        NONE,
        /** {@code thinking.type} only. */
        SWITCH,
        /** The switch, and the efforts high and max. */
        EFFORT,
        /** Always on, with the efforts low, high and max. */
        ALWAYS
    }

    static ZhipuModel of(String name) {
        String low = name.toLowerCase(Locale.ROOT);
        Matcher glm = GLM.matcher(low.substring(Math.max(0, low.indexOf("glm-"))));
        if (!glm.matches()) {
            return new ZhipuModel(Thinking.NONE, false, false);
        }
        int version = Integer.parseInt(cut(glm.group(1))) * 100
                + (glm.group(2) == null ? 0 : Integer.parseInt(cut(glm.group(2))));
        boolean seesToo = glm.group(4).startsWith("-flash") && version >= 503;
        boolean hears = glm.group(4).startsWith("-voice");
        return new ZhipuModel(thinking(version, low), glm.group(3).isEmpty() && !seesToo && !hears, hears);
    }

    private static Thinking thinking(int version, String name) {
        if (version >= 503) {
            return Thinking.ALWAYS;
        }
        if (version == 502) {
            return Thinking.EFFORT;
        }
        return version >= 405 || name.contains("-thinking") ? Thinking.SWITCH : Thinking.NONE;
    }

    /** Three digits are more than any version has. */
    private static String cut(String digits) {
        return digits.substring(0, Math.min(2, digits.length()));
    }
}
