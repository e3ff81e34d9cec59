package dev.serai.provider.zaiweb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tags that mean something in a message document, by where they do. */
enum DocumentTag {
    DETAILS("<details", true),
    DETAILS_END("</details>", false),
    SUMMARY("<summary>", false),
    SUMMARY_END("</summary>", false),
    BLOCK("<glm_block", true),
    BLOCK_END("</glm_block>", false),
    /** Leftovers of older versions, dropped wherever they stand. */
    FULL("<Full>", false),
    FULL_END("</Full>", false),
    THINKING_END("</thinking>", false);

    /** Outside of everything. */
    static final List<DocumentTag> OUTSIDE = List.of(DETAILS, DETAILS_END, BLOCK, FULL, FULL_END, THINKING_END);
    /** Inside reasoning. */
    static final List<DocumentTag> REASONING = List.of(DETAILS_END, SUMMARY, BLOCK, FULL, FULL_END, THINKING_END);
    /** Inside the summary of reasoning. */
    static final List<DocumentTag> IN_SUMMARY = List.of(SUMMARY_END, DETAILS_END);
    /** Inside a tool's block. */
    static final List<DocumentTag> IN_BLOCK = List.of(BLOCK_END);
    /** Inside details of another type. */
    static final List<DocumentTag> FOREIGN = List.of(DETAILS_END);

    private static final int LONGEST = 4096;

    private final String start;
    private final boolean attributes;

    DocumentTag(String start, boolean attributes) {
        this.start = start;
        this.attributes = attributes;
    }

    /** What is known of text that begins with {@code <}. */
    enum Match {
        /** It is this tag, whole. */
        WHOLE,
        /** It may become this tag. */
        PART,
        NONE
    }

    Match match(CharSequence held) {
        int length = held.length();
        if (length < start.length() || !attributes) {
            boolean fits = length <= start.length() && start.contentEquals(head(held, start.length()));
            return !fits ? Match.NONE : length == start.length() ? Match.WHOLE : Match.PART;
        }
        if (!start.contentEquals(held.subSequence(0, start.length())) || length > LONGEST) {
            return Match.NONE;
        }
        if (length == start.length()) {
            return Match.PART;
        }
        char after = held.charAt(start.length());
        if (after != '>' && !Character.isWhitespace(after)) {
            return Match.NONE;
        }
        return held.charAt(length - 1) == '>' ? Match.WHOLE : Match.PART;
    }

    /** As much of the tag as has been seen, so that comparing tells whether it may still become one. */
    private CharSequence head(CharSequence held, int whole) {
        return held.length() < whole ? held + start.substring(held.length()) : held;
    }

    /** The tag that {@code held} is or may become: a whole one first; null when it is just text. */
    static @Nullable DocumentTag find(CharSequence held, List<DocumentTag> known) {
        DocumentTag partly = null;
        for (var tag : known) {
            switch (tag.match(held)) {
                case WHOLE -> {
                    return tag;
                }
                case PART -> partly = tag;
                case NONE -> {
                    // another one, perhaps
                }
            }
        }
        return partly;
    }
}
