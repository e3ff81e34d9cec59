package dev.serai.provider;

import dev.serai.json.EncodedMedia;
import dev.serai.message.TokenMeter;

/**
 * About how many tokens a request is, told from its body in any protocol: the names and texts of its JSON, and a margin,
 * so that it is rather too many. Pictures, sounds and files, which are long runs of base 64, count a thousand each.
 */
final class PromptTokens {

    private static final long MARGIN_PERCENT = 115;
    private static final char ASTRAL = '\u2600';

    private final byte[] body;
    private final TokenMeter meter = new TokenMeter();
    private boolean inText;
    private int at;

    private PromptTokens(byte[] body) {
        this.body = body;
    }

    static long of(byte[] body) {
        return new PromptTokens(body).count();
    }

    private long count() {
        var media = EncodedMedia.in(body);
        for (var run : media) {
            read(run.from());
            at = run.to();
        }
        read(body.length);
        return Math.ceilDiv((meter.tokens() + media.size() * EncodedMedia.TOKENS) * MARGIN_PERCENT, 100);
    }

    private void read(int to) {
        while (at < to) {
            byte b = body[at++];
            if (b == '"') {
                inText = !inText;
                if (inText) {
                    meter.add('"');
                }
            } else if (inText && b == '\\') {
                meter.add(escaped());
            } else if (b < 0) {
                foreign(b);
            } else if (inText || Character.isLetterOrDigit(b)) {
                meter.add((char) b);
            }
        }
    }

    /** What the escape that begins here stands for. */
    private char escaped() {
        char c = at < body.length ? (char) body[at++] : ' ';
        return switch (c) {
            case 'n', 'r' -> '\n';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> c;
        };
    }

    private char hexadecimal() {
        int code = 0;
        for (int i = 0; i < 4 && at < body.length; i++) {
            code = code << 4 | Math.max(0, Character.digit(body[at++], 16));
        }
        return (char) code;
    }

    /** A character of two, three or four bytes. */
    private void foreign(byte lead) {
        if (lead >= (byte) 0xF0) {
            meter.add(ASTRAL);
            meter.add(ASTRAL);
        } else if (lead >= (byte) 0xE0) {
            meter.add((char) ((lead & 0x0F) << 12 | next() << 6 | next()));
        } else if (lead >= (byte) 0xC0) {
            meter.add((char) ((lead & 0x1F) << 6 | next()));
        }
    }

    private int next() {
        return at < body.length ? body[at++] & 0x3F : 0;
    }
}
