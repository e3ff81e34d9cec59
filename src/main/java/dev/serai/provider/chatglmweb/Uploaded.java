package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Part;
import org.jspecify.annotations.Nullable;

/** Files that the service has been given already, and that a turn refers to: they stand in the request as opaque parts. */
final class Uploaded {

    private Uploaded() {}

    static boolean is(Part part) {
        return part instanceof Part.Opaque opaque && opaque.protocol().equals(ChatglmSurface.PROTOCOL);
    }

    /** What stands in the request for a file. @param result as the service told it; null when it says nothing to use */
    static @Nullable Part of(JsonNode result) {
        JsonNode one = result.isArray() ? result.path(0) : result;
        boolean known = one.isObject() && (one.hasNonNull("file_id") || one.hasNonNull("source_id"));
        return known ? new Part.Opaque(ChatglmSurface.PROTOCOL, one) : null;
    }

    /** Whether the service took it for a picture. */
    static boolean image(JsonNode file) {
        return file.path("width").asInt(0) > 0 || file.path("height").asInt(0) > 0;
    }

    /** One item of an image part. @param order the picture's place among its turn's pictures, from 0 */
    static ObjectNode picture(JsonNode file, int order) {
        ObjectNode picture = Json.object();
        picture.put(
                "file_id", file.path("file_id").asText(file.path("source_id").asText("")));
        for (String name : new String[] {"file_name", "file_size", "width", "height"}) {
            if (file.hasNonNull(name)) {
                picture.set(name, file.get(name));
            }
        }
        picture.put("order", order);
        return picture.put("image_url", file.path("file_url").asText(""));
    }
}
