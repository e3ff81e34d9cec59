package dev.serai.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.function.Supplier;

/**
 * OpenAI's {@code o200k_base}, loaded with its first use (about 3.5 MB of table, some 40 MB of heap). Text is counted in pieces of a bounded
 * length, cut at a space where there is one, so that no text takes more than linear time; a cut may add one token.
 */
final class Tokenizer {

    private static final int PIECE = 4096;
    private static final int LOOK_BACK = 512;

    private final Supplier<Encoding> encoding;

    Tokenizer(Supplier<Encoding> encoding) {
        this.encoding = encoding;
    }

    /** Shared by all that count. */
    static Tokenizer o200k() {
        return new Tokenizer(() -> Loaded.O200K);
    }

    /** Marks such as {@code <|endoftext|>} count as the text they are. */
    long count(String text) {
        long tokens = 0;
        int from = 0;
        while (from < text.length()) {
            int to = end(text, from);
            tokens += encoding.get().countTokensOrdinary(text.substring(from, to));
            from = to;
        }
        return tokens;
    }

    private static int end(String text, int from) {
        int to = from + PIECE;
        if (to >= text.length()) {
            return text.length();
        }
        for (int at = to; at > to - LOOK_BACK; at--) {
            if (text.charAt(at) == ' ') {
                return at;
            }
        }
        return Character.isLowSurrogate(text.charAt(to)) ? to - 1 : to;
    }

    private static final class Loaded {
        static final Encoding O200K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }
}
