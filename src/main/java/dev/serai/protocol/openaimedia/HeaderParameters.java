package dev.serai.protocol.openaimedia;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters behind the first word of a header's value (RFC 9110, 5.6.6), read one after the other. */
final class HeaderParameters {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$&*+.^_|~-]+");

    private final String value;
    private final Map<String, String> read = new HashMap<>();
    private int at;

    private HeaderParameters(String value) {
        this.value = value;
        int end = value.indexOf(';');
        this.at = end < 0 ? value.length() : end;
    }

    /** Texts by names in lower case; null when they cannot be read, or one is given twice. */
    static @Nullable Map<String, String> of(String value) {
        var parameters = new HeaderParameters(value);
        while (parameters.at < value.length()) {
            if (!parameters.next()) {
                return null;
            }
        }
        return parameters.read;
    }

    /** From a semicolon to behind the parameter that follows it. */
    private boolean next() {
        if (value.charAt(at++) != ';') {
            return false;
        }
        skipBlanks();
        if (at == value.length() || value.charAt(at) == ';') {
            return true;
        }
        int equals = value.indexOf('=', at);
        String name = equals < 0 ? "" : value.substring(at, equals).toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            return false;
        }
        at = equals + 1;
        String text = at < value.length() && value.charAt(at) == '"' ? quoted() : plain();
        skipBlanks();
        return text != null && read.putIfAbsent(name, text) == null;
    }

    private String plain() {
        int end = value.indexOf(';', at);
        int from = at;
        at = end < 0 ? value.length() : end;
        return value.substring(from, at).strip();
    }

    private @Nullable String quoted() {
        var text = new StringBuilder();
        for (at++; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '"') {
                at++;
                return text.toString();
            }
            boolean escapes = c == '\\' && at + 1 < value.length() && "\"\\".indexOf(value.charAt(at + 1)) >= 0;
            text.append(escapes ? value.charAt(++at) : c);
        }
        return null;
    }

    private void skipBlanks() {
        while (at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == '\t')) {
            at++;
        }
    }
}
