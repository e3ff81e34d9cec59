package dev.serai.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The walk of {@link BodyScan} for bodies without a fault: one pass over the bytes, eight at a time inside of strings, that
 * checks the grammar of RFC 8259, UTF-8 and the limits of {@link Json}. It accepts nothing that {@link BodyScan} would refuse;
 * whatever is wrong or unusual is left to that one, which can say what it is. Used once.
 */
final class FastScan {

    private static final int MAX_NAME = 64 * 1024;

    private enum End {
        WHOLE,
        GOES_ON,
        BROKEN
    }

    private final byte[] body;
    private final FastString strings;
    private final List<JsonMember> members = new ArrayList<>();
    private final int[] counts = new int[Json.MAX_DEPTH + 1];
    private final boolean[] objects = new boolean[Json.MAX_DEPTH + 1];
    private int depth;
    private int at;
    /** Where the last name ended, its quote included. */
    private int nameEnd;
    /** An array or object has been opened, and its first value is next. */
    private boolean opened;

    FastScan(byte[] body) {
        this.body = body;
        this.strings = new FastString(body);
    }

    /** The top level, or null when a closer look is needed. */
    @Nullable
    JsonObjectSpans scan() {
        if (body.length > Json.MAX_STRING || next() != '{') {
            return null;
        }
        int from = at;
        if (!open() || !topLevel()) {
            return null;
        }
        var object = new Span(from, at);
        return next() < 0 ? new JsonObjectSpans(object, members) : null;
    }

    private boolean topLevel() {
        if (next() == '}') {
            at++;
            return true;
        }
        while (true) {
            next();
            int nameFrom = at;
            if (!name()) {
                return false;
            }
            int nameTo = nameEnd;
            int valueFrom = at;
            String name = new String(body, nameFrom + 1, nameTo - nameFrom - 2, StandardCharsets.UTF_8);
            if (!value()) {
                return false;
            }
            members.add(new JsonMember(name, new Span(nameFrom, nameTo), new Span(valueFrom, at)));
            int after = next();
            at++;
            if (after == '}') {
                return true;
            }
            if (after != ',') {
                return false;
            }
        }
    }

    /** A member's name and its colon; ends before the value. */
    private boolean name() {
        int from = at;
        if (next() != '"' || !string() || at - from > MAX_NAME || ++counts[depth] > Json.MAX_MEMBERS || escapes(from)) {
            return false;
        }
        nameEnd = at;
        if (next() != ':') {
            return false;
        }
        at++;
        next();
        return true;
    }

    /** Whether the name has an escape: half a surrogate pair is an error in a name, though not in a value. */
    private boolean escapes(int from) {
        for (int i = from; i < at; i++) {
            if (body[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** One value with all that is inside of it. */
    private boolean value() {
        int outside = depth;
        while (true) {
            if (!begin()) {
                return false;
            }
            End end = opened ? End.GOES_ON : closeUpTo(outside);
            if (end != End.GOES_ON) {
                return end == End.WHOLE;
            }
        }
    }

    private boolean begin() {
        opened = false;
        return switch (next()) {
            case '{' -> open() && firstName();
            case '[' -> open() && firstElement();
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean firstName() {
        if (next() == '}') {
            at++;
            depth--;
            return true;
        }
        opened = true;
        return name();
    }

    private boolean firstElement() {
        if (next() == ']') {
            at++;
            depth--;
            return true;
        }
        opened = true;
        return true;
    }

    /** After a value: closes what ends here, and steps over a comma. */
    private End closeUpTo(int outside) {
        while (depth > outside) {
            int after = next();
            at++;
            if (after == ',') {
                return !objects[depth] || nextName() ? End.GOES_ON : End.BROKEN;
            }
            if (after != (objects[depth] ? '}' : ']')) {
                return End.BROKEN;
            }
            depth--;
        }
        return End.WHOLE;
    }

    private boolean nextName() {
        next();
        return name();
    }

    private boolean open() {
        if (++depth > Json.MAX_DEPTH) {
            return false;
        }
        objects[depth] = body[at++] == '{';
        counts[depth] = 0;
        return true;
    }

    private boolean string() {
        at = strings.end(at);
        return at >= 0;
    }

    private boolean word(String word) {
        if (at + word.length() > body.length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (body[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    private boolean number() {
        int from = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else if (digits() == 0) {
            return false;
        }
        if (peek() == '.') {
            at++;
            if (digits() == 0) {
                return false;
            }
        }
        if ((peek() | 0x20) == 'e') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            int exponent = digits();
            if (exponent == 0 || exponent > Json.MAX_EXPONENT) {
                return false;
            }
        }
        return at - from <= Json.MAX_NUMBER;
    }

    private int digits() {
        int from = at;
        while (at < body.length && body[at] >= '0' && body[at] <= '9') {
            at++;
        }
        return at - from;
    }

    private int peek() {
        return at < body.length ? body[at] : -1;
    }

    /** Skips white space. @return the byte that is next, or -1 at the end */
    private int next() {
        while (at < body.length && body[at] <= ' ') {
            byte b = body[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b < 0 ? 0 : b;
            }
            at++;
        }
        return at < body.length ? body[at] : -1;
    }
}
