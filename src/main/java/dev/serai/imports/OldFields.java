package dev.serai.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.secret.Secret;
import dev.serai.tenant.IsoTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads members of JSON objects, and tells the place of one that cannot be used. */
final class OldFields {

    private final String place;
    private final JsonNode object;

    OldFields(String place, JsonNode object) {
        if (!object.isObject()) {
            throw new BadEntry(place, "must be an object");
        }
        this.place = place;
        this.object = object;
    }

    /** The one JSON value of a file. */
    static JsonNode file(String name) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of(name));
            return Json.tree(bytes, 0, bytes.length);
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new BadEntry(
                    "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr(),
                    "is not valid JSON");
        } catch (IOException | InvalidPathException e) {
            throw new BadEntry("the file", "cannot be read");
        }
    }

    Secret secret(String name) {
        String text = text(name);
        if (text == null) {
            throw new BadEntry(place + "." + name, "is missing");
        }
        return new Secret(text);
    }

    /** Null when it is missing, null or blank. */
    @Nullable
    String text(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new BadEntry(place + "." + name, "must be a string");
        }
        return value.textValue().isBlank() ? null : value.textValue();
    }

    @Nullable
    Instant time(String name) {
        String text = text(name);
        return text == null
                ? null
                : IsoTime.parse(text).orElseThrow(() -> new BadEntry(place + "." + name, "is not a time of ISO 8601"));
    }

    @Nullable
    Long number(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber() || !value.canConvertToExactIntegral() || !value.canConvertToLong()) {
            throw new BadEntry(place + "." + name, "must be a whole number");
        }
        return value.longValue();
    }

    /** 0 when it is missing. */
    long count(String name) {
        Long number = number(name);
        if (number != null && number < 0) {
            throw new BadEntry(place + "." + name, "must not be negative");
        }
        return number == null ? 0 : number;
    }

    JsonNode list(String name) {
        JsonNode value = object.path(name);
        if (!value.isArray() && !value.isMissingNode() && !value.isNull()) {
            throw new BadEntry(place + "." + name, "must be a list");
        }
        return value;
    }

    String place() {
        return place;
    }
}
