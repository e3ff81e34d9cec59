package dev.serai.protocol.openaimedia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Span;
import dev.serai.json.Splice;
import dev.serai.message.Refusal;
import dev.serai.stream.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the parts of a form stand in its bytes (RFC 7578); nothing is copied. */
final class MultipartForm {

    static final String TYPE = "multipart/form-data";

    private static final int MOST_PARTS = 64;
    private static final int LONGEST_HEAD = 8 * 1024;
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))");
    private static final Pattern NAME = Pattern.compile("(?i);\\s*name=(?:\"([^\"]*)\"|([^\\s;\"]+))");
    private static final Pattern FILE = Pattern.compile("(?i);\\s*filename=(?:\"([^\"]*)\"|([^\\s;\"]+))");

    private final byte[] body;
    private final byte[] mark;
    private final List<Part> parts = new ArrayList<>();

    /**
     * One part.
     *
     * @param file the file's name, null for a plain field
     * @param value where its bytes stand
     */
    record Part(String name, @Nullable String file, String mediaType, Span value) {}

    private MultipartForm(byte[] body, String boundary) {
        this.body = body;
        this.mark = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether the content type is a form's. */
    static boolean isMeant(@Nullable String contentType) {
        return contentType != null
                && contentType.strip().toLowerCase(Locale.ROOT).startsWith(TYPE);
    }

    /** @throws Refusal when the body is no such form */
    static List<Part> parts(byte[] body, String contentType) {
        var boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw Refusal.invalid("Content-Type", "Content-Type: the form's boundary is missing");
        }
        var form = new MultipartForm(body, group(boundary));
        form.read();
        return form.parts;
    }

    /** The form's own bytes with another name of the model, and with {@code more} in place of fields of these names. */
    static byte[] edited(byte[] body, String contentType, String model, ObjectNode more) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("model", model);
        more.properties()
                .forEach(field -> fields.put(
                        field.getKey(),
                        field.getValue().isTextual()
                                ? field.getValue().textValue()
                                : field.getValue().toString()));
        var splice = new Splice(body);
        for (var part : parts(body, contentType)) {
            String value = part.file() == null ? fields.remove(part.name()) : null;
            if (value != null) {
                splice.replace(part.value(), value.getBytes(StandardCharsets.UTF_8));
            }
        }
        var boundary = BOUNDARY.matcher(contentType);
        String mark = boundary.find() ? group(boundary) : "";
        var added = new ByteSink(256);
        fields.forEach((name, value) -> {
            added.ascii("--" + mark + "\r\ncontent-disposition: form-data; name=\"");
            added.utf8(name.replace("\"", "%22") + "\"\r\n\r\n" + value + "\r\n");
        });
        if (!added.isEmpty()) {
            splice.insert(start(body, mark), added.toByteArray());
        }
        return splice.apply();
    }

    private static int start(byte[] body, String boundary) {
        return new MultipartForm(body, boundary).find(("--" + boundary).getBytes(StandardCharsets.ISO_8859_1), 0);
    }

    private static String group(java.util.regex.Matcher matcher) {
        return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }

    private void read() {
        int at = find(mark, 0);
        while (at >= 0) {
            int from = at + mark.length;
            if (startsWith("--", from)) {
                return;
            }
            if (!startsWith("\r\n", from) || parts.size() == MOST_PARTS) {
                throw broken();
            }
            int next = delimiter(from);
            part(from + 2, next);
            at = next + 2;
        }
        throw broken();
    }

    /** Where the line break before the next mark stands. */
    private int delimiter(int from) {
        for (int at = find(mark, from); at >= 0; at = find(mark, at + 1)) {
            if (startsWith("\r\n", at - 2)) {
                return at - 2;
            }
        }
        throw broken();
    }

    private void part(int from, int to) {
        int end = find(new byte[] {'\r', '\n', '\r', '\n'}, from);
        if (end < 0 || end + 4 > to || end - from > LONGEST_HEAD) {
            throw broken();
        }
        String head = new String(body, from, end - from, StandardCharsets.UTF_8);
        String disposition = "";
        String type = "";
        for (String line : head.split("\r\n", -1)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-disposition:")) {
                disposition = line;
            } else if (lower.startsWith("content-type:")) {
                type = lower.substring(13).split(";", 2)[0].strip();
            }
        }
        var name = NAME.matcher(disposition);
        if (!name.find()) {
            throw broken();
        }
        var file = FILE.matcher(disposition);
        parts.add(new Part(group(name), file.find() ? group(file) : null, type, new Span(end + 4, to)));
    }

    private boolean startsWith(String text, int at) {
        if (at < 0 || at + text.length() > body.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (body[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int find(byte[] what, int from) {
        for (int at = from; at <= body.length - what.length; at++) {
            int same = 0;
            while (same < what.length && body[at + same] == what[same]) {
                same++;
            }
            if (same == what.length) {
                return at;
            }
        }
        return -1;
    }

    private static Refusal broken() {
        return Refusal.invalid("body", "The body is not a form of at most " + MOST_PARTS + " parts.");
    }
}
