package dev.serai.protocol.openaimedia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Span;
import dev.serai.message.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a form stand in its bytes (RFC 7578); nothing is copied. A form that could be read in two ways is
 * refused: no field is given twice, and the model is a plain field.
 */
final class MultipartForm {

    static final String TYPE = "multipart/form-data";

    private static final String MODEL = "model";
    private static final String LIST = "[]";
    private static final int MOST_PARTS = 64;
    private static final int LONGEST_HEAD = 8 * 1024;
    private static final Pattern BOUNDARY = Pattern.compile("[A-Za-z0-9'()+_,./:=? -]{1,70}");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\"\\\\]{1,200}");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,64}");
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

    private final byte[] body;
    private final byte[] delimiter;
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Part> fields = new HashMap<>();

    /**
     * One part.
     *
     * @param file the file's name, null for none
     * @param mediaType {@code ""} where none is told that can be one
     * @param value where its bytes stand
     */
    record Part(String name, @Nullable String file, String mediaType, Span value) {

        /** The name without the mark of a list. */
        String field() {
            return listed() ? name.substring(0, name.length() - LIST.length()) : name;
        }

        boolean listed() {
            return name.endsWith(LIST);
        }

        /** Whether it is a text rather than a file. */
        boolean plain() {
            return file == null && !mediaType.startsWith("image/");
        }
    }

    private MultipartForm(byte[] body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether the content type is a form's. */
    static boolean isMeant(@Nullable String contentType) {
        return contentType != null
                && contentType.strip().toLowerCase(Locale.ROOT).startsWith(TYPE);
    }

    /** @throws Refusal when the body is no such form, with the field's name where there is one */
    static MultipartForm read(byte[] body, String contentType) {
        var parameters = HeaderParameters.of(contentType);
        String boundary = parameters == null ? "" : parameters.getOrDefault("boundary", "");
        if (!BOUNDARY.matcher(boundary).matches()) {
            throw Refusal.invalid("Content-Type", "Content-Type: the form's boundary is missing");
        }
        var form = new MultipartForm(body, boundary);
        form.read();
        return form;
    }

    List<Part> parts() {
        return parts;
    }

    String text(Part part) {
        var value = part.value();
        return new String(body, value.from(), value.length(), StandardCharsets.UTF_8);
    }

    byte[] bytes(Part part) {
        return Arrays.copyOfRange(body, part.value().from(), part.value().to());
    }

    /** The plain field of this name. */
    @Nullable
    String text(String name) {
        return parts.stream()
                .filter(part -> part.plain() && part.name().equals(name))
                .map(this::text)
                .findFirst()
                .orElse(null);
    }

    /**
     * The same parts in a frame of our own, so that an upstream reads what was read here: with this name of the model, and
     * with {@code more} in place of the fields of these names.
     */
    SentBody edited(String model, ObjectNode more) {
        var sent = new FormWriter();
        if (!more.has(MODEL)) {
            sent.field(MODEL, model);
        }
        more.properties()
                .forEach(field -> sent.field(
                        field.getKey(),
                        field.getValue().isTextual()
                                ? field.getValue().textValue()
                                : field.getValue().toString()));
        for (var part : parts) {
            if (!part.field().equals(MODEL) && !more.has(part.field())) {
                sent.part(part, body);
            }
        }
        return sent.finish();
    }

    private void read() {
        int mark = delimiter.length - 2;
        boolean first = body.length >= mark && Arrays.equals(body, 0, mark, delimiter, 2, delimiter.length);
        int at = first ? mark : end(find(delimiter, 0, body.length));
        while (!startsWith("--", at)) {
            if (!startsWith("\r\n", at) || parts.size() == MOST_PARTS) {
                throw broken();
            }
            int next = find(delimiter, at, body.length);
            int behind = end(next);
            part(at + 2, next);
            at = behind;
        }
    }

    private int end(int delimiterAt) {
        if (delimiterAt < 0) {
            throw broken();
        }
        return delimiterAt + delimiter.length;
    }

    private void part(int from, int to) {
        int end = find(BLANK_LINE, from, Math.min(to, from + LONGEST_HEAD));
        if (end < 0) {
            throw broken();
        }
        String disposition = null;
        String type = "";
        for (String line : new String(body, from, end - from, StandardCharsets.UTF_8).split("\r\n", -1)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-disposition:")) {
                if (disposition != null) {
                    throw broken();
                }
                disposition = line;
            } else if (lower.startsWith("content-type:")) {
                type = lower.substring(13).split(";", 2)[0].strip();
            }
        }
        var said = disposition == null ? null : HeaderParameters.of(disposition);
        String name = said == null ? null : said.get("name");
        if (said == null || name == null || !NAME.matcher(name).matches()) {
            throw broken();
        }
        String mediaType = MEDIA_TYPE.matcher(type).matches() ? type : "";
        add(new Part(name, said.get("filename"), mediaType, new Span(end + BLANK_LINE.length, to)));
    }

    private void add(Part part) {
        String name = part.name();
        if (name.startsWith(MODEL + "[") || name.equals(MODEL) && !part.plain()) {
            throw Refusal.invalid(MODEL, "model: a plain field is expected");
        }
        var before = fields.putIfAbsent(part.field(), part);
        boolean files = before != null && !before.plain() && !part.plain();
        boolean list = before != null && before.listed() && part.listed();
        if (before != null && !files && !list) {
            throw Refusal.invalid(part.field(), part.field() + ": is given more than once");
        }
        parts.add(part);
    }

    private boolean startsWith(String text, int at) {
        if (at + text.length() > body.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (body[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** What is looked for begins with a line break, so that a look at each byte finds it in one pass. */
    private int find(byte[] what, int from, int to) {
        for (int at = from; at <= to - what.length; at++) {
            if (body[at] == '\r' && Arrays.equals(body, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        return -1;
    }

    private static Refusal broken() {
        return Refusal.invalid("body", "The body is not a form of at most " + MOST_PARTS + " parts.");
    }
}
