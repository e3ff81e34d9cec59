package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.Extensions;
import dev.serai.message.ResponseFormat;
import dev.serai.message.Sampling;
import dev.serai.message.StreamOptions;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.OpenAiFields;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Responses request in canonical form (OpenAI API description of 2026-08-21, section Responses). */
final class OpenAiResponsesRequestDecoder {

    /** What every answer tells anyway. */
    static final String SEALED_REASONING = "reasoning.encrypted_content";

    static final String LOGPROBS = "message.output_text.logprobs";

    /** Everything this class and its parts consume; the rest is kept as it is. */
    private static final Set<String> KNOWN = Set.of(
            "model",
            "input",
            "instructions",
            "max_output_tokens",
            "temperature",
            "top_p",
            "top_logprobs",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "reasoning",
            "text",
            "include",
            "stream",
            "stream_options",
            "metadata",
            "store",
            "service_tier",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "safety_identifier",
            "user",
            "background",
            "previous_response_id",
            "conversation",
            "prompt");

    private OpenAiResponsesRequestDecoder() {}

    static ChatRequest decode(Envelope envelope) {
        Fields fields = Fields.of(tree(envelope.body()), "");
        ChatRequestBuilder request = ChatRequest.builder(envelope.model());
        ObjectNode rest = unmapped(fields);
        new InputDecoder(request).decode(fields);
        ToolsDecoder.decode(fields, request, rest);
        List<String> include = fields.texts("include");
        request.sampling(sampling(fields, include.contains(LOGPROBS)));
        request.reasoning(ReasoningFields.read(fields));
        request.maxOutputTokens(fields.integer("max_output_tokens", 1, Long.MAX_VALUE));
        text(fields, request);
        request.stream(new StreamOptions(envelope.stream(), envelope.includeUsage()));
        request.cache(OpenAiFields.cache(fields));
        String identifier = fields.text("safety_identifier");
        request.endUserId(identifier == null ? fields.text("user") : identifier);
        request.metadata(OpenAiFields.metadata(fields));
        request.serviceTier(fields.text("service_tier"));
        request.store(fields.flag("store"));
        include(include, rest);
        return request.extensions(new Extensions(OpenAiResponsesProtocol.NAME, rest))
                .build();
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body, 0, body.length);
        } catch (IOException e) {
            throw new IllegalArgumentException("not scanned before", e);
        }
    }

    private static ObjectNode unmapped(Fields fields) {
        ObjectNode rest = Json.object();
        fields.node().properties().forEach(member -> {
            if (!KNOWN.contains(member.getKey()) && !member.getValue().isNull()) {
                rest.set(member.getKey(), member.getValue());
            }
        });
        return rest;
    }

    /** What is asked for beside text, as far as only this protocol has it. */
    private static void include(List<String> include, ObjectNode rest) {
        ArrayNode kept = Json.array();
        for (String name : include) {
            if (!name.equals(SEALED_REASONING) && !name.equals(LOGPROBS)) {
                kept.add(name);
            }
        }
        if (!kept.isEmpty()) {
            rest.set("include", kept);
        }
    }

    private static Sampling sampling(Fields fields, boolean logprobs) {
        Integer top = fields.small("top_logprobs", 0, 20);
        boolean asked = logprobs || top != null && top > 0;
        return new Sampling(
                fields.number("temperature", 0, 2),
                fields.number("top_p", 0, 1),
                null,
                null,
                null,
                null,
                List.of(),
                null,
                asked ? true : null,
                asked ? top : null,
                Map.of());
    }

    private static void text(Fields fields, ChatRequestBuilder request) {
        Fields text = fields.object("text");
        if (text != null) {
            request.verbosity(text.text("verbosity"));
            request.responseFormat(format(text.object("format")));
        }
    }

    private static @Nullable ResponseFormat format(@Nullable Fields format) {
        if (format == null) {
            return null;
        }
        return switch (format.requiredText("type")) {
            case "text" -> new ResponseFormat.TextFormat();
            case "json_object" -> new ResponseFormat.JsonObject();
            case "json_schema" ->
                new ResponseFormat.JsonSchema(
                        format.requiredText("name"),
                        format.text("description"),
                        format.requiredObject("schema").node(),
                        format.flag("strict"));
            default -> throw format.invalid("type", "text, json_object or json_schema is expected");
        };
    }
}
