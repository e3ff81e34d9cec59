package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.SignatureKind;
import dev.serai.message.ToolKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An assistant message, of a request's history or of an answer: reasoning, text, refusal, calls, in this order. */
final class AssistantDecoder {

    private AssistantDecoder() {}

    /** @param callId the id of a call that has none */
    static List<Part> parts(Fields message, String callId) {
        Map<String, ProviderSignature> seals = ReasoningDetails.seals(message);
        var parts = new ArrayList<Part>(ReasoningDetails.parts(message, seals));
        boolean hasCalls = message.has("tool_calls") || message.has("function_call");
        JsonNode content = message.get("content");
        if (content != null && !(content.isTextual() && content.textValue().isEmpty() && hasCalls)) {
            parts.addAll(PartsDecoder.content(message, PartsDecoder.Who.ASSISTANT));
        }
        String refusal = message.text("refusal");
        if (refusal != null && !refusal.isEmpty()) {
            parts.add(new Part.RefusalText(refusal));
        }
        message.each("tool_calls", call -> parts.add(call(call, callId + "_" + parts.size(), seals)));
        Fields function = message.object("function_call");
        if (function != null) {
            parts.add(new Part.ToolCall(
                    callId, function.requiredText("name"), ToolKind.FUNCTION, arguments(function, "arguments"), null));
        }
        Fields audio = message.object("audio");
        if (audio != null && audio.has("id")) {
            parts.add(new Part.Audio(
                    new MediaSource.FileId(OpenAiChatProtocol.NAME, audio.requiredText("id")), null, null));
        }
        return parts;
    }

    private static Part call(Fields call, String fallbackId, Map<String, ProviderSignature> seals) {
        String given = call.text("id");
        String id = given == null || given.isEmpty() ? fallbackId : given;
        ToolKind kind = "custom".equals(call.text("type")) ? ToolKind.CUSTOM : ToolKind.FUNCTION;
        boolean custom = kind == ToolKind.CUSTOM;
        Fields body = call.requiredObject(custom ? "custom" : "function");
        ProviderSignature seal = seals.get(id);
        return new Part.ToolCall(
                id,
                body.requiredText("name"),
                kind,
                arguments(body, custom ? "input" : "arguments"),
                seal == null ? thoughtSignature(call.node()) : seal);
    }

    /** Raw text; an object, as some servers send, becomes text. */
    static String arguments(Fields body, String name) {
        JsonNode arguments = body.get(name);
        if (arguments == null) {
            return "";
        }
        return arguments.isTextual()
                ? arguments.textValue()
                : new String(Json.bytes(arguments), StandardCharsets.UTF_8);
    }

    /** Where Gemini's OpenAI surface puts the seal of a call. */
    static @Nullable ProviderSignature thoughtSignature(JsonNode call) {
        JsonNode text = call.path("extra_content").path("google").path("thought_signature");
        if (!text.isTextual() || text.textValue().isEmpty()) {
            return null;
        }
        return ProviderSignature.unpack(text.textValue())
                .orElseGet(() -> ProviderSignature.of("gemini", SignatureKind.THOUGHT_SIGNATURE, text.textValue()));
    }
}
