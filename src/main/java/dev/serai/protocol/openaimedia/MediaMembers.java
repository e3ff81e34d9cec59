package dev.serai.protocol.openaimedia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.GivenPicture;
import dev.serai.message.MediaSource;
import dev.serai.message.Refusal;
import dev.serai.protocol.DataUrls;
import dev.serai.protocol.Envelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The members of a request, whether it came as JSON or as a form: a form's fields are texts, its files are pictures. */
final class MediaMembers {

    private static final int MOST_PICTURES = 16;

    private final Fields fields;
    private final byte[] body;
    private final Map<String, List<MultipartForm.Part>> files;

    private MediaMembers(Fields fields, byte[] body, Map<String, List<MultipartForm.Part>> files) {
        this.fields = fields;
        this.body = body;
        this.files = files;
    }

    static MediaMembers of(Envelope envelope) {
        String form = envelope.traits().get(MediaEnvelopes.FORM);
        byte[] body = envelope.body();
        return form == null ? json(body) : form(body, form);
    }

    private static MediaMembers json(byte[] body) {
        try {
            return new MediaMembers(Fields.of(Json.tree(body, 0, body.length), ""), body, Map.of());
        } catch (IOException scannedBefore) {
            throw Refusal.invalid("body", "The body is not JSON.");
        }
    }

    private static MediaMembers form(byte[] body, String contentType) {
        ObjectNode texts = Json.object();
        var files = new HashMap<String, List<MultipartForm.Part>>();
        for (var part : MultipartForm.parts(body, contentType)) {
            String name = part.name().endsWith("[]")
                    ? part.name().substring(0, part.name().length() - 2)
                    : part.name();
            if (part.file() == null && !part.mediaType().startsWith("image/")) {
                var value = part.value();
                texts.put(name, new String(body, value.from(), value.length(), StandardCharsets.UTF_8));
            } else {
                files.computeIfAbsent(name, absent -> new ArrayList<>()).add(part);
            }
        }
        return new MediaMembers(new Fields(texts, ""), body, files);
    }

    /** What is no file, as JSON. */
    byte[] texts() {
        return Json.bytes(fields.node());
    }

    private GivenPicture sent(MultipartForm.Part part) {
        String file = part.file() == null ? "" : part.file();
        var value = part.value();
        return new GivenPicture.Sent(file, part.mediaType(), Arrays.copyOfRange(body, value.from(), value.to()));
    }

    String requiredText(String name) {
        return fields.requiredText(name);
    }

    @Nullable
    String text(String name) {
        return fields.text(name);
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
        return value != null && value.isIntegralNumber() ? value.asText() : fields.text(name);
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
            files.getOrDefault(name, List.of()).forEach(part -> pictures.add(sent(part)));
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
            return new GivenPicture.Sent("", "", decoded(text, path));
        }
        var wrapped = Json.object().put(path, text);
        var source = DataUrls.source(new Fields(wrapped, ""), path);
        return source instanceof MediaSource.Base64 inline
                ? new GivenPicture.Sent("", inline.mediaType(), decoded(inline.data(), path))
                : new GivenPicture.Linked(text);
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
