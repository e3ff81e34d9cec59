package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A call's arguments as the object that the wire wants. */
final class ToolInput {

    private ToolInput() {}

    /** @return null when the text is no JSON object; no text at all is an empty one */
    static @Nullable ObjectNode parse(String arguments) {
        if (arguments.isBlank()) {
            return Json.object();
        }
        try {
            byte[] bytes = arguments.getBytes(StandardCharsets.UTF_8);
            return Json.tree(bytes, 0, bytes.length) instanceof ObjectNode object ? object : null;
        } catch (IOException notJson) {
            return null;
        }
    }
}
