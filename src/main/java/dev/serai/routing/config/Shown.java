package dev.serai.routing.config;

/** How text of an operator appears in a message: on one line, short, and dots where it could be a key. */
final class Shown {

    private static final int LENGTH = 80;

    private Shown() {}

    /** The text in quotes. */
    static String quoted(String text) {
        return '"' + plain(text) + '"';
    }

    /** The text without quotes, as a part of a path. */
    static String plain(String text) {
        if (KeyLike.inside(text)) {
            return "••••";
        }
        var shown = new StringBuilder();
        text.codePoints()
                .limit(LENGTH)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(shown::appendCodePoint);
        return text.codePointCount(0, text.length()) > LENGTH ? shown + "…" : shown.toString();
    }
}
