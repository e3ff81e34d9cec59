package dev.serai.routing.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the known name that somebody probably meant. */
final class Suggestion {

    private Suggestion() {}

    /** A sentence end such as {@code ; did you mean "endpoint"?}, empty when nothing is near. */
    static String among(Collection<String> known, String written) {
        return known.stream()
                .filter(name -> distance(plain(name), plain(written)) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt(name -> distance(plain(name), plain(written))))
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse("");
    }

    private static String plain(String name) {
        String shortened = name.length() > 64 ? name.substring(0, 64) : name;
        return shortened.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int column = 0; column <= b.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= a.length(); row++) {
            int[] current = new int[b.length() + 1];
            current[0] = row;
            for (int column = 1; column <= b.length(); column++) {
                int replaced = above[column - 1] + (a.charAt(row - 1) == b.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(above[column], current[column - 1]) + 1);
            }
            above = current;
        }
        return above[b.length()];
    }
}
