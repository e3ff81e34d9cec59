package dev.serai.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of Markdown as its tests read it. */
record Page(Path path, String text) {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    static Page of(String path) {
        return new Page(Path.of(path), read(Path.of(path)));
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of the table whose head begins with {@code first}, without the head: cells as written. */
    List<List<String>> table(String first) {
        var lines = text.lines().toList();
        int head = 0;
        while (!lines.get(head).startsWith("| " + first + " |")) {
            head++;
        }
        return lines.stream()
                .skip(head + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .map(Page::cells)
                .toList();
    }

    /** The cells of a table's row, as written. */
    static List<String> cells(String line) {
        return Arrays.stream(line.substring(1).split("\\|", -1))
                .limit(line.chars().filter(c -> c == '|').count() - 1)
                .map(String::strip)
                .toList();
    }

    /** What stands between backticks in a cell; empty for none. */
    static List<String> code(String cell) {
        return CODE.matcher(cell).results().map(match -> match.group(1)).toList();
    }

    /** What stands between backticks in a cell as one text. */
    static String plain(String cell) {
        return String.join("", code(cell));
    }

    /** The fenced blocks of a language. */
    Stream<String> blocks(String language) {
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```")
                .matcher(text)
                .results()
                .map(match -> match.group(1));
    }
}
