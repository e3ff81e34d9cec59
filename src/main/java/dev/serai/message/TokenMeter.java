package dev.serai.message;

import java.nio.charset.StandardCharsets;

/**
 * About how many tokens a text is, told from the shape of its characters while it passes, in pieces of any size: nothing
 * of it is kept. The weights are learned from {@code o200k_base}, whose pieces are words, humps of words, up to three
 * digits, and runs of signs and of white space.
 */
public final class TokenMeter {

    private enum Shape {
        NONE,
        LOWER,
        UPPER,
        DIGIT,
        SIGN,
        SPACE,
        LINE,
        HAN,
        SYLLABLE,
        LETTER,
        PICTURE
    }

    private long thousandths;
    private Shape shape = Shape.NONE;
    private int length;
    private boolean afterSign;

    public void add(String text) {
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
    }

    public void add(char[] text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            add(text[i]);
        }
    }

    /** A piece of valid UTF-8. */
    public void add(byte[] utf8, int from, int to) {
        add(new String(utf8, from, to - from, StandardCharsets.UTF_8));
    }

    /** The next character. */
    public void add(char c) {
        Shape next = shape(c);
        boolean goesOn = next == shape || next == Shape.LOWER && shape == Shape.UPPER;
        if (!goesOn) {
            thousandths += weight() - joined(next);
            afterSign = shape == Shape.SIGN;
            length = 0;
        }
        shape = next;
        length++;
    }

    /** Of all that has passed; at least one of a text that is not empty. */
    public long tokens() {
        long tokens = Math.ceilDiv(thousandths + weight(), 1_000);
        return shape == Shape.NONE ? 0 : Math.max(1, tokens);
    }

    private static Shape shape(char c) {
        if (c >= 0x80) {
            return foreign(c);
        }
        if (c >= 'a' && c <= 'z') {
            return Shape.LOWER;
        }
        if (c >= 'A' && c <= 'Z') {
            return Shape.UPPER;
        }
        if (c >= '0' && c <= '9') {
            return Shape.DIGIT;
        }
        if (c == ' ' || c == '\t') {
            return Shape.SPACE;
        }
        return c == '\n' || c == '\r' ? Shape.LINE : Shape.SIGN;
    }

    private static Shape foreign(char c) {
        if (c >= 0x4E00 && c < 0xA000) {
            return Shape.HAN;
        }
        if (c >= 0x3040 && c < 0x3100 || c >= 0xAC00 && c < 0xD7B0) {
            return Shape.SYLLABLE;
        }
        if (c >= 0x3000 && c < 0x3040 || c >= 0xFF00 || c >= 0x2010 && c < 0x2070) {
            return Shape.SIGN;
        }
        return c >= 0x2070 && !Character.isLetter(c) ? Shape.PICTURE : Shape.LETTER;
    }

    private long weight() {
        return switch (shape) {
            case NONE -> 0;
            case LOWER, UPPER -> word();
            case DIGIT -> 1_000L * Math.ceilDiv(length, 3);
            case SIGN -> 1_000 + 150L * (length - 1);
            case SPACE -> length == 1 ? 0 : 850;
            case LINE -> afterSign ? 100 : 1_000;
            case HAN -> 850L * length;
            case SYLLABLE -> 650L * length;
            case LETTER -> 600 + 200L * length;
            case PICTURE -> 1_000L * length;
        };
    }

    /** A sign and the word that follows it are often one token. */
    private long joined(Shape next) {
        return shape == Shape.SIGN && (next == Shape.LOWER || next == Shape.UPPER) ? 350 : 0;
    }

    private long word() {
        return 1_000 + 150L * Math.max(0, length - 7);
    }
}
