package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatResponse;
import dev.serai.message.Extensions;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.Refusal;
import dev.serai.message.SignatureKind;
import dev.serai.message.ToolKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole answer of an upstream in canonical form. */
final class AnthropicMessagesResponseDecoder {

    private static final String ID_PREFIX = "msg_";

    private AnthropicMessagesResponseDecoder() {}

    /** @throws Refusal of an upstream's class when the answer is an error, no JSON, or no message */
    static ChatResponse decode(byte[] body, AnthropicMessagesDialect dialect) {
        try {
            JsonNode answer = Json.tree(body, 0, body.length);
            if (isError(answer)) {
                throw new Refusal(dialect.failure(UpstreamErrors.read(answer.path("error")), FailureClass.UPSTREAM));
            }
            if (!answer.path("content").isArray()) {
                throw failed();
            }
            return response(answer, dialect);
        } catch (IOException e) {
            throw failed();
        }
    }

    static boolean isError(JsonNode answer) {
        return answer.path("type").asText().equals("error") || answer.hasNonNull("error");
    }

    private static ChatResponse response(JsonNode answer, AnthropicMessagesDialect dialect) throws IOException {
        String id = id(answer.path("id").asText(""));
        List<Part> parts = parts(answer.path("content"), id, dialect);
        boolean calls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
        Finish finish = StopReasons.finish(answer, calls, dialect);
        if (finish.reason() == Finish.Reason.ERROR) {
            throw failed();
        }
        var usage = new UsageFields();
        try (JsonParser parser = answer.path("usage").traverse()) {
            parser.nextToken();
            if (parser.currentToken() != null) {
                usage.merge(parser);
            }
        }
        JsonNode tier = answer.path("usage").path("service_tier");
        return new ChatResponse(
                id,
                answer.path("model").asText(""),
                0,
                parts,
                finish,
                usage.usage(),
                tier.isTextual() ? tier.textValue() : null,
                List.of(),
                Extensions.NONE);
    }

    static String id(String id) {
        return id.startsWith(ID_PREFIX) ? id.substring(ID_PREFIX.length()) : id;
    }

    /** The id of a call that has none. */
    static String callId(String given, String responseId, int index) {
        return given.isEmpty() ? ToolIds.made(responseId + "_" + index) : given;
    }

    private static List<Part> parts(JsonNode content, String id, AnthropicMessagesDialect dialect) {
        var parts = new ArrayList<Part>();
        for (JsonNode block : content) {
            switch (block.path("type").asText()) {
                case "text" -> {
                    String text = block.path("text").asText("");
                    if (!text.isEmpty()) {
                        parts.add(new Part.Text(text, Citations.read(block.path("citations")), null, null));
                    }
                }
                case "thinking" ->
                    parts.add(new Part.Reasoning(
                            block.path("thinking").asText(""),
                            ReasoningForm.FULL,
                            seal(block, "signature", SignatureKind.SIGNATURE, dialect)));
                case "redacted_thinking" ->
                    parts.add(new Part.Reasoning(
                            "", ReasoningForm.REDACTED, seal(block, "data", SignatureKind.REDACTED_DATA, dialect)));
                case "tool_use" -> parts.add(call(block, id, parts.size()));
                default -> parts.add(new Part.Opaque(AnthropicMessagesProtocol.NAME, block));
            }
        }
        return parts;
    }

    private static @Nullable ProviderSignature seal(
            JsonNode block, String name, SignatureKind kind, AnthropicMessagesDialect dialect) {
        return Signatures.read(block.path(name).asText(""), kind, dialect.issuer());
    }

    private static Part call(JsonNode block, String id, int index) {
        JsonNode input = block.path("input");
        String arguments = input instanceof ObjectNode ? new String(Json.bytes(input), StandardCharsets.UTF_8) : "{}";
        return new Part.ToolCall(
                callId(block.path("id").asText(""), id, index),
                block.path("name").asText(""),
                ToolKind.FUNCTION,
                input.isTextual() ? input.textValue() : arguments,
                null);
    }

    private static Refusal failed() {
        return new Refusal(UpstreamErrors.of(FailureClass.UPSTREAM));
    }
}
