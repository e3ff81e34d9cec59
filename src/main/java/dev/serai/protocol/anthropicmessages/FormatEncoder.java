package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.ResponseFormat;
import dev.serai.protocol.Losses;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The form of the answer: a schema where the model knows them, else words in the system text. */
final class FormatEncoder {

    private static final String ONE_OBJECT = "Answer only with one JSON object.";

    private FormatEncoder() {}

    /** What the model must be told in words. */
    static @Nullable String instruction(ChatRequest request, ClaudeModel model) {
        return switch (request.responseFormat()) {
            case null -> null;
            case ResponseFormat.TextFormat text -> null;
            case ResponseFormat.JsonObject object -> ONE_OBJECT;
            case ResponseFormat.JsonSchema it -> {
                JsonNode schema = it.schema();
                if (schema == null) {
                    yield ONE_OBJECT;
                }
                yield model.knowsSchemas()
                        ? null
                        : ONE_OBJECT + " It must match this JSON schema:\n"
                                + new String(Json.bytes(schema), StandardCharsets.UTF_8);
            }
        };
    }

    static void write(ChatRequest request, ClaudeModel model, ObjectNode body, Losses losses) {
        if (!(request.responseFormat() instanceof ResponseFormat.JsonSchema format)) {
            return;
        }
        JsonNode schema = format.schema();
        if (schema == null || !model.knowsSchemas()) {
            losses.drop("responseFormat");
            return;
        }
        ObjectNode config = body.withObject("/output_config");
        config.putObject("format").put("type", "json_schema").set("schema", ToolSchema.closed(schema));
    }
}
