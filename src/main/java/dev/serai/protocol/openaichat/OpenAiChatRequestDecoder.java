package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.Extensions;
import dev.serai.message.Modalities;
import dev.serai.message.ResponseFormat;
import dev.serai.message.StreamOptions;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.OpenAiFields;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Chat Completions request in canonical form (OpenAI API description of 2026-08-21, section Chat). */
final class OpenAiChatRequestDecoder {

    /** Everything this class and its parts consume; the rest is kept as it is. */
    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "max_completion_tokens",
            "max_tokens",
            "temperature",
            "top_p",
            "top_k",
            "n",
            "stop",
            "presence_penalty",
            "frequency_penalty",
            "logit_bias",
            "logprobs",
            "top_logprobs",
            "seed",
            "stream",
            "stream_options",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "functions",
            "function_call",
            "response_format",
            "reasoning_effort",
            "verbosity",
            "modalities",
            "audio",
            "web_search_options",
            "metadata",
            "store",
            "service_tier",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "safety_identifier",
            "user");

    private OpenAiChatRequestDecoder() {}

    static ChatRequest decode(Envelope envelope) {
        Fields fields = Fields.of(tree(envelope.body()), "");
        ChatRequestBuilder request = ChatRequest.builder(envelope.model());
        new MessagesDecoder(request).decode(fields);
        ToolsDecoder.decode(fields, request);
        request.sampling(SamplingFields.read(fields));
        request.reasoning(ReasoningFields.read(fields));
        request.maxOutputTokens(maxOutputTokens(fields));
        request.responseFormat(responseFormat(fields));
        request.verbosity(fields.text("verbosity"));
        request.stream(new StreamOptions(envelope.stream(), envelope.includeUsage()));
        request.cache(OpenAiFields.cache(fields));
        String identifier = fields.text("safety_identifier");
        request.endUserId(identifier == null ? fields.text("user") : identifier);
        request.metadata(OpenAiFields.metadata(fields));
        request.serviceTier(fields.text("service_tier"));
        request.store(fields.flag("store"));
        if (fields.has("modalities") || fields.has("audio")) {
            request.modalities(new Modalities(fields.texts("modalities"), fields.get("audio")));
        }
        return request.extensions(new Extensions(OpenAiChatProtocol.NAME, unmapped(fields)))
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

    private static @Nullable Long maxOutputTokens(Fields fields) {
        Long most = fields.integer("max_completion_tokens", 1, Long.MAX_VALUE);
        return most == null ? fields.integer("max_tokens", 1, Long.MAX_VALUE) : most;
    }

    private static @Nullable ResponseFormat responseFormat(Fields fields) {
        Fields format = fields.object("response_format");
        if (format == null) {
            return null;
        }
        return switch (format.requiredText("type")) {
            case "text" -> new ResponseFormat.TextFormat();
            case "json_object" -> new ResponseFormat.JsonObject();
            case "json_schema" -> {
                Fields schema = format.requiredObject("json_schema");
                yield new ResponseFormat.JsonSchema(
                        schema.requiredText("name"),
                        schema.text("description"),
                        schema.get("schema"),
                        schema.flag("strict"));
            }
            default -> throw format.invalid("type", "text, json_object or json_schema is expected");
        };
    }
}
