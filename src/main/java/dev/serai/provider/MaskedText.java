package dev.serai.provider;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An upstream's sentence made fit for a caller: whatever looks like a credential, an account, a URL, a host or a mail
 * address becomes {@code …}; control characters go; at most {@value #MAX} characters stay. One pass, no patterns.
 */
public final class MaskedText {

    private static final int MAX = 500;
    private static final int READ = 4 * MAX;
    private static final String DOTS = "…";
    private static final List<String> SECRET_STARTS = List.of(
            "sk-", "sk_", "pk-", "pk_", "rk_", "gsk_", "xai-", "aiza", "akia", "ghp_", "eyj", "org-", "org_", "proj_",
            "user-", "acct_", "key-", "key_");
    private static final Set<String> TOP_DOMAINS = Set.of(
            "com",
            "net",
            "org",
            "io",
            "ai",
            "cn",
            "dev",
            "app",
            "cloud",
            "co",
            "us",
            "eu",
            "de",
            "uk",
            "fr",
            "jp",
            "kr",
            "in",
            "ru",
            "info",
            "biz",
            "xyz",
            "tech",
            "site",
            "online",
            "local",
            "localdomain",
            "internal",
            "intranet",
            "corp",
            "lan",
            "home",
            "svc",
            "test",
            "invalid");

    private MaskedText() {}

    /** The sentence masked; empty when nothing is left of it. */
    public static String of(String text) {
        var in = text.length() > READ ? text.substring(0, READ) : text;
        var out = new StringBuilder(Math.min(in.length(), MAX + 1));
        boolean secretNext = false;
        int at = 0;
        while (at < in.length() && out.length() <= MAX) {
            int end = wordEnd(in, at);
            if (end == at) {
                separator(in.charAt(at++), out);
                continue;
            }
            var word = in.substring(at, end);
            out.append(secretNext || telling(word) ? DOTS : word);
            secretNext = word.equalsIgnoreCase("bearer") || word.equalsIgnoreCase("basic");
            at = end;
        }
        return cut(out);
    }

    private static int wordEnd(String in, int from) {
        int at = from;
        boolean url = false;
        while (at < in.length() && (part(in.charAt(at)) || (url && inUrl(in.charAt(at))))) {
            at++;
            url = url || in.startsWith("://", at);
        }
        return at;
    }

    private static boolean part(char c) {
        return c > ' ' && c < 0x7f && "\"'`,;()[]{}<>=|".indexOf(c) < 0;
    }

    private static boolean inUrl(char c) {
        return c > ' ' && "\"'`<>".indexOf(c) < 0;
    }

    private static void separator(char c, StringBuilder out) {
        char seen = Character.isISOControl(c) || Character.isWhitespace(c) || Character.getType(c) == Character.FORMAT
                ? ' '
                : c;
        boolean doubled = seen == ' ' && (out.isEmpty() || out.charAt(out.length() - 1) == ' ');
        if (!doubled) {
            out.append(seen);
        }
    }

    private static boolean telling(String word) {
        var folded = word.toLowerCase(Locale.ROOT);
        return folded.contains("://")
                || folded.indexOf('@') > 0
                || SECRET_STARTS.stream().anyMatch(start -> starts(folded, start))
                || host(folded)
                || token(word);
    }

    /** A secret's beginning at the word's own beginning or after a colon, with something behind it. */
    private static boolean starts(String word, String start) {
        int from = word.lastIndexOf(':', word.length() - 2) + 1;
        return (word.startsWith(start, from) && word.length() - from >= start.length() + 6)
                || (word.startsWith(start) && word.length() >= start.length() + 6);
    }

    private static boolean host(String word) {
        int slash = word.indexOf('/');
        var name = slash >= 0 ? word.substring(0, slash) : word;
        int colon = name.indexOf(':');
        if (colon >= 0) {
            name = name.substring(0, colon);
        }
        while (name.endsWith(".") || name.endsWith("!") || name.endsWith("?")) {
            name = name.substring(0, name.length() - 1);
        }
        int dot = name.lastIndexOf('.');
        return name.equals("localhost")
                || (dot > 0 && TOP_DOMAINS.contains(name.substring(dot + 1)))
                || address(name)
                || word.chars().filter(c -> c == ':').count() >= 3;
    }

    private static boolean address(String name) {
        var parts = name.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (var part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    /** A run of letters and digits that no word, number or model name has. */
    private static boolean token(String word) {
        int run = 0;
        boolean digit = false;
        boolean letter = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            boolean isLetter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (!isDigit && !isLetter) {
                run = 0;
                digit = false;
                letter = false;
                continue;
            }
            run++;
            digit |= isDigit;
            letter |= isLetter;
            if (run >= 32 || (run >= 16 && digit && (letter || run >= 17))) {
                return true;
            }
        }
        return false;
    }

    private static String cut(StringBuilder out) {
        if (out.length() <= MAX) {
            return out.toString().strip();
        }
        int end = Character.isHighSurrogate(out.charAt(MAX - 2)) ? MAX - 2 : MAX - 1;
        return out.substring(0, end) + DOTS;
    }
}
