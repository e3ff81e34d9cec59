package dev.serai.protocol.openaimedia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.GivenPicture;
import dev.serai.message.MediaSource;
import dev.serai.message.Refusal;
import dev.serai.protocol.DataUrls;
import dev.serai.protocol.Envelope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The members of a request, whether it came as JSON or as a form: a form's fields are texts, its files are pictures. */
final class MediaMembers {

    private static final int MOST_PICTURES = 16;
    private static final int LONGEST_OPTION = 200;
    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e]{1,32}");

    private final Fields fields;
    private final Map<String, List<GivenFile>> files;

    /** A file of a form. */
    private record GivenFile(MultipartForm form, MultipartForm.Part part) {}

    private MediaMembers(Fields fields, Map<String, List<GivenFile>> files) {
        this.fields = fields;
        this.files = files;
    }

    static MediaMembers of(Envelope envelope) {
        var form = MediaEnvelopes.formOf(envelope);
        return form == null ? json(envelope.body()) : form(form);
    }

    private static MediaMembers json(byte[] body) {
        try {
            return new MediaMembers(Fields.of(Json.tree(body, 0, body.length), ""), Map.of());
        } catch (IOException scannedBefore) {
            throw Refusal.invalid("body", "The body is not JSON.");
        }
    }

    private static MediaMembers form(MultipartForm form) {
        ObjectNode texts = Json.object();
        var files = new HashMap<String, List<GivenFile>>();
        for (var part : form.parts()) {
            if (!part.plain()) {
                files.computeIfAbsent(part.field(), absent -> new ArrayList<>()).add(new GivenFile(form, part));
            } else if (part.listed()) {
                var list = texts.get(part.field()) instanceof ArrayNode array ? array : texts.putArray(part.field());
                list.add(form.text(part));
            } else {
                texts.put(part.field(), form.text(part));
            }
        }
        return new MediaMembers(new Fields(texts, ""), files);
    }

    /** What is no file, as JSON. */
    byte[] texts() {
        return Json.bytes(fields.node());
    }

    private static GivenPicture sent(GivenFile file) {
        String name = file.part().file();
        return new GivenPicture.Sent(
                file.part().field(),
                name == null ? "" : name,
                file.part().mediaType(),
                file.form().bytes(file.part()));
    }

    String requiredText(String name) {
        return wellFormed(name, fields.requiredText(name));
    }

    @Nullable
    String text(String name) {
        String text = fields.text(name);
        return text == null ? null : wellFormed(name, text);
    }

    /** JSON can write half of a surrogate pair, which no text in UTF-8 can hold. */
    private String wellFormed(String name, String text) {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw fields.invalid(name, "half a character is no text");
        }
        return text;
    }

    /** A short word, which may be kept and told again. */
    @Nullable
    String word(String name) {
        String text = fields.text(name);
        if (text != null && !WORD.matcher(text).matches()) {
            throw fields.invalid(name, "a word of at most 32 characters is expected");
        }
        return text;
    }

    /** The first of the members that is there. */
    @Nullable
    String text(String name, String otherName) {
        String text = text(name);
        return text == null ? text(otherName) : text;
    }

    /** A whole number, which a form writes as a text, as OpenAI's {@code seconds} is everywhere. */
    @Nullable
    Integer whole(String name, int least, int most) {
        JsonNode value = fields.get(name);
        if (value == null || !value.isTextual()) {
            return fields.small(name, least, most);
        }
        String text = value.textValue().strip();
        if (!text.matches("[0-9]{1,9}")) {
            throw fields.invalid(name, "an integer is expected");
        }
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw fields.invalid(name, "must be between " + least + " and " + most);
        }
        return number;
    }

    @Nullable
    Boolean flag(String name) {
        JsonNode value = fields.get(name);
        if (value == null || !value.isTextual()) {
            return fields.flag(name);
        }
        return switch (value.textValue()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw fields.invalid(name, "true or false is expected");
        };
    }

    /** A text or a whole number, as a text. */
    @Nullable
    String plain(String name) {
        JsonNode value = fields.get(name);
        String text = value != null && value.isIntegralNumber() ? value.asText() : text(name);
        if (text != null && (text.length() > LONGEST_OPTION || text.chars().anyMatch(Character::isISOControl))) {
            throw fields.invalid(name, "at most " + LONGEST_OPTION + " characters on one line are expected");
        }
        return text;
    }

    @Nullable
    String oneOf(String name, Set<String> words) {
        String text = text(name);
        if (text != null && !words.contains(text)) {
            throw fields.invalid(name, "must be one of " + String.join(", ", new TreeSet<>(words)));
        }
        return text;
    }

    /** Every picture below these names: files of a form, URLs, data URLs, plain base 64, objects with an {@code image_url}, and lists of them. */
    List<GivenPicture> pictures(String... names) {
        var pictures = new ArrayList<GivenPicture>();
        for (String name : names) {
            files.getOrDefault(name, List.of()).forEach(file -> pictures.add(sent(file)));
            JsonNode value = fields.get(name);
            if (value != null && value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                    pictures.add(picture(value.get(i), name + "[" + i + "]"));
                }
            } else if (value != null && !(value.isTextual() && value.textValue().isEmpty())) {
                pictures.add(picture(value, name));
            }
        }
        if (pictures.size() > MOST_PICTURES) {
            throw Refusal.invalid(names[0], names[0] + ": at most " + MOST_PICTURES + " pictures are taken");
        }
        return pictures;
    }

    private static GivenPicture picture(JsonNode value, String path) {
        if (value.isObject()) {
            var object = new Fields(value, path);
            if (object.has("file_id")) {
                throw object.invalid("file_id", "no files are kept here; send the picture or its URL");
            }
            JsonNode url = object.get("image_url");
            JsonNode text = url != null && url.isObject() ? url.get("url") : url;
            if (text == null || !text.isTextual()) {
                throw object.invalid("image_url", "a picture is expected: its URL, or a data URL");
            }
            return picture(text, object.at("image_url"));
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw Refusal.invalid(path, path + ": a picture is expected: its URL, or a data URL");
        }
        String text = value.textValue();
        if (!text.startsWith("data:") && !text.contains("://")) {
            return new GivenPicture.Sent(path, "", "", decoded(text, path));
        }
        var wrapped = Json.object().put(path, text);
        var source = DataUrls.source(new Fields(wrapped, ""), path);
        return source instanceof MediaSource.Base64 inline
                ? new GivenPicture.Sent(path, "", inline.mediaType(), decoded(inline.data(), path))
                : new GivenPicture.Linked(path, text);
    }

    private static byte[] decoded(String base64, String path) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw Refusal.invalid(path, path + ": is not base64");
        }
    }

    /** The names of the members that are none of these. */
    List<String> others(Set<String> known) {
        var others = new TreeSet<String>();
        fields.node().fieldNames().forEachRemaining(others::add);
        others.addAll(files.keySet());
        others.removeAll(known);
        return List.copyOf(others);
    }
}
