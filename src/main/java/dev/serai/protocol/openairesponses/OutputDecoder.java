package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.Logprob;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.message.ToolKind;
import java.util.ArrayList;
import java.util.List;

/** The output items of a whole answer as parts. */
final class OutputDecoder {

    private final List<Part> parts = new ArrayList<>();
    private final List<Logprob> logprobs = new ArrayList<>();

    private OutputDecoder() {}

    static OutputDecoder of(JsonNode output) {
        var decoder = new OutputDecoder();
        output.forEach(decoder::item);
        return decoder;
    }

    List<Part> parts() {
        return parts;
    }

    List<Logprob> logprobs() {
        return logprobs;
    }

    boolean calls() {
        return parts.stream().anyMatch(Part.ToolCall.class::isInstance);
    }

    boolean onlyRefusal() {
        return parts.stream().anyMatch(Part.RefusalText.class::isInstance)
                && parts.stream().noneMatch(Part.Text.class::isInstance);
    }

    private void item(JsonNode item) {
        switch (item.path("type").asText()) {
            case "message" -> item.path("content").forEach(this::content);
            case "reasoning" -> {
                Part.Reasoning reasoning = ReasoningItems.part(item);
                if (reasoning != null) {
                    parts.add(reasoning);
                }
            }
            case "function_call", "custom_tool_call" -> parts.add(call(item));
            case "" -> {}
            default -> parts.add(other(item));
        }
    }

    private void content(JsonNode part) {
        if (part.path("type").asText().equals("refusal")) {
            parts.add(new Part.RefusalText(part.path("refusal").asText("")));
        } else {
            String text = part.path("text").asText("");
            if (!text.isEmpty()) {
                parts.add(new Part.Text(text, PartsDecoder.citations(part), null, null));
                logprobs.addAll(LogprobFields.read(part.path("logprobs")));
            }
        }
    }

    static Part.ToolCall call(JsonNode item) {
        ToolKind kind = CallItems.kind(item);
        return new Part.ToolCall(callId(item), callName(item), kind, CallItems.arguments(item, kind), null);
    }

    /** Some servers know only the item's id. */
    static String callId(JsonNode item) {
        String id = item.path("call_id").asText("");
        return id.isEmpty() ? item.path("id").asText("") : id;
    }

    static String callName(JsonNode item) {
        JsonNode namespace = item.path("namespace");
        return Namespaces.flat(
                namespace.isTextual() ? namespace.textValue() : null,
                item.path("name").asText(""));
    }

    /** An image that the model made, or what a hosted tool did. */
    static Part other(JsonNode item) {
        JsonNode result = item.path("result");
        if (item.path("type").asText().equals("image_generation_call") && result.isTextual()) {
            String format = item.path("output_format").asText("png");
            return new Part.Image(new MediaSource.Base64("image/" + format, result.textValue()), null, null);
        }
        return new Part.Opaque(OpenAiResponsesProtocol.NAME, item);
    }
}
