package dev.serai.transcript;

import dev.serai.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Where one server-sent event stands in bytes that hold whole events.
 *
 * @param to behind its blank line, or the end of the bytes
 * @param type of the event line, else the data's member {@code type}, else {@code ""}
 * @param dataFrom where the data of its first data line begins; with {@code dataTo} an empty stretch where it has none
 */
record StreamEvent(String type, int from, int to, int dataFrom, int dataTo) {

    static StreamEvent at(byte[] bytes, int from) {
        String type = "";
        int dataFrom = from;
        int dataTo = from;
        int line = from;
        while (line < bytes.length) {
            int end = lineEnd(bytes, line);
            int next = afterLine(bytes, end);
            if (end == line) {
                return new StreamEvent(named(type, bytes, dataFrom, dataTo), from, next, dataFrom, dataTo);
            }
            int value = valueOf("data:", bytes, line, end);
            if (value >= 0 && dataFrom == dataTo) {
                dataFrom = value;
                dataTo = end;
            }
            value = valueOf("event:", bytes, line, end);
            if (value >= 0) {
                type = new String(bytes, value, end - value, StandardCharsets.UTF_8);
            }
            line = next;
        }
        return new StreamEvent(named(type, bytes, dataFrom, dataTo), from, bytes.length, dataFrom, dataTo);
    }

    private static int lineEnd(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    private static int afterLine(byte[] bytes, int end) {
        boolean both = end + 1 < bytes.length && bytes[end] == '\r' && bytes[end + 1] == '\n';
        return Math.min(bytes.length, end + (both ? 2 : 1));
    }

    /** Where the field's value begins, or -1 when the line is another field's. */
    private static int valueOf(String field, byte[] bytes, int from, int to) {
        int length = field.length();
        if (to - from < length) {
            return -1;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != field.charAt(i)) {
                return -1;
            }
        }
        int value = from + length;
        return value < to && bytes[value] == ' ' ? value + 1 : value;
    }

    private static String named(String type, byte[] bytes, int from, int to) {
        if (!type.isEmpty() || from == to || bytes[from] != '{') {
            return type;
        }
        try (var parser = Json.parser(bytes, from, to)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                if (name.equals("type")) {
                    String text = parser.nextTextValue();
                    return text == null ? "" : text;
                }
                parser.nextToken();
                parser.skipChildren();
            }
        } catch (IOException | IllegalStateException notJson) {
            return "";
        }
        return "";
    }
}
