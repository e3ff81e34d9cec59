package dev.serai.provider.chatglmweb;

import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Takes the service's marks of citation out of a text that comes in pieces: a mark of a known source becomes a link, one
 * of an unknown source vanishes. What may be the beginning of a mark is held until it is known.
 */
final class CitationMarks {

    private static final char OPEN = '【';
    private static final char CLOSE = '】';
    private static final int LONGEST = 64;

    /** Inside of brackets: {@code turn0search1}, {@code 12†source}. */
    private static final Pattern MARK = Pattern.compile("turn\\d+[a-z]+\\d+|\\d+(?::\\d+)?†[^】]*");

    private static final Pattern BARE = Pattern.compile("(?<![A-Za-z0-9])turn\\d+[a-z]+\\d+(?![A-Za-z0-9])");
    private static final Pattern BARE_BEGUN =
            Pattern.compile("(?<![A-Za-z0-9])(?:t|tu|tur|turn(?:\\d+(?:[a-z]+\\d*)?)?)$");

    private final Sources sources;
    private final Consumer<String> text;
    private final Consumer<Sources.Cited> cited;
    private final StringBuilder held = new StringBuilder();
    private boolean inWord;

    CitationMarks(Sources sources, Consumer<String> text, Consumer<Sources.Cited> cited) {
        this.sources = sources;
        this.text = text;
        this.cited = cited;
    }

    void accept(String more) {
        held.append(more);
        int open = held.indexOf(String.valueOf(OPEN));
        while (open >= 0) {
            int close = held.indexOf(String.valueOf(CLOSE), open);
            if (close < 0 && held.length() - open <= LONGEST) {
                plain(open);
                return;
            }
            if (close < 0 || close - open > LONGEST) {
                plain(open + 1);
            } else {
                plain(open);
                bracketed(held.substring(1, close - open));
                held.delete(0, close - open + 1);
            }
            open = held.indexOf(String.valueOf(OPEN));
        }
        plain(held.length() - begun());
    }

    /** The text ends: what is held is text. */
    void end() {
        plain(held.length());
    }

    private void bracketed(String inside) {
        if (!MARK.matcher(inside).matches()) {
            show(OPEN + inside + CLOSE);
        } else {
            mark(inside, "");
        }
    }

    private void mark(String key, String otherwise) {
        var source = sources.cite(key);
        if (source == null) {
            show(otherwise);
        } else {
            show("[" + source.number() + "](" + source.citation().url() + ")");
            cited.accept(source);
        }
    }

    /** Shows the first characters that are held; among them there is no bracketed mark. */
    private void plain(int count) {
        String piece = held.substring(0, count);
        held.delete(0, count);
        if (sources.isEmpty()) {
            show(piece);
            return;
        }
        var bare = BARE.matcher(piece);
        int shown = 0;
        while (bare.find()) {
            if (bare.start() == 0 && inWord) {
                continue;
            }
            show(piece.substring(shown, bare.start()));
            mark(bare.group(), bare.group());
            shown = bare.end();
        }
        show(piece.substring(shown));
    }

    private void show(String piece) {
        if (!piece.isEmpty()) {
            char last = piece.charAt(piece.length() - 1);
            inWord = last < 0x80 && Character.isLetterOrDigit(last);
            text.accept(piece);
        }
    }

    /** How many characters at the end may become a mark without brackets, or half of a surrogate pair. */
    private int begun() {
        int length = held.length();
        if (length == 0) {
            return 0;
        }
        if (Character.isHighSurrogate(held.charAt(length - 1))) {
            return 1;
        }
        if (sources.isEmpty()) {
            return 0;
        }
        int from = Math.max(0, length - LONGEST);
        var begun = BARE_BEGUN.matcher(held).region(from, length);
        boolean found = begun.find() && !(begun.start() == 0 && inWord);
        return found ? length - begun.start() : 0;
    }
}
