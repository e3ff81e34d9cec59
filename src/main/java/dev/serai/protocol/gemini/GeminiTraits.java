package dev.serai.protocol.gemini;

import java.util.Map;

/** What is kept of a request's head, and the one wish that an encoder of the answer needs. */
final class GeminiTraits {

    /** {@code array} for a stream that is one JSON array. */
    static final String FRAMING = "framing";
    /** {@code hidden} where thoughts were not asked for: Gemini then answers without. */
    static final String THOUGHTS = "thoughts";

    static final String ARRAY = "array";
    static final String HIDDEN = "hidden";

    private GeminiTraits() {}

    static boolean array(Map<String, String> traits) {
        return ARRAY.equals(traits.get(FRAMING));
    }

    static boolean hidesThoughts(Map<String, String> traits) {
        return HIDDEN.equals(traits.get(THOUGHTS));
    }
}
