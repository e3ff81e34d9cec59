package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Messages request in canonical form. */
final class AnthropicMessagesRequestDecoder {

    /** Everything this class and its parts consume; the rest is kept as it is. */
    private static final Set<String> KNOWN = Set.of(
            "model",
            "max_tokens",
            "messages",
            "system",
            "temperature",
            "top_p",
            "top_k",
            "stop_sequences",
            "stream",
            "tools",
            "tool_choice",
            "thinking",
            "output_config",
            "output_format",
            "metadata",
            "service_tier");

    private AnthropicMessagesRequestDecoder() {}

    static ChatRequest decode(Envelope envelope) {
        Fields fields = Fields.of(tree(envelope.body()), "");
        ChatRequestBuilder request = ChatRequest.builder(envelope.model());
        new MessagesDecoder(request).decode(fields);
        ToolsDecoder.decode(fields, request);
        request.sampling(sampling(fields));
        request.reasoning(ThinkingDecoder.read(fields));
        Long most = fields.integer("max_tokens", 0, Long.MAX_VALUE);
        request.maxOutputTokens(most == null ? null : Long.valueOf(Math.max(1, most)));
        request.responseFormat(responseFormat(fields));
        request.stream(new StreamOptions(envelope.stream(), envelope.stream()));
        Fields metadata = fields.object("metadata");
        request.endUserId(metadata == null ? null : metadata.text("user_id"));
        request.serviceTier(serviceTier(fields));
        return request.extensions(new Extensions(AnthropicMessagesProtocol.NAME, unmapped(fields)))
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
        if (fields.node().path("output_config") instanceof ObjectNode config) {
            ObjectNode more = config.deepCopy();
            more.remove("format");
            if (!ThinkingDecoder.isBetweenTools(fields)) {
                more.remove("effort");
            }
            if (!more.isEmpty()) {
                rest.set("output_config", more);
            }
        }
        if (ThinkingDecoder.isBetweenTools(fields)) {
            rest.set("thinking", fields.node().get("thinking"));
        }
        return rest;
    }

    private static Sampling sampling(Fields fields) {
        return new Sampling(
                fields.number("temperature", 0, 1),
                fields.number("top_p", 0, 1),
                fields.small("top_k", 0, Integer.MAX_VALUE),
                null,
                null,
                null,
                fields.texts("stop_sequences"),
                null,
                null,
                null,
                Map.of());
    }

    /** {@code output_config.format}, or its older name {@code output_format}. */
    private static @Nullable ResponseFormat responseFormat(Fields fields) {
        Fields config = fields.object("output_config");
        Fields format = config == null ? null : config.object("format");
        if (format == null) {
            format = fields.object("output_format");
        }
        if (format == null) {
            return null;
        }
        if (!format.requiredText("type").equals("json_schema")) {
            throw format.invalid("type", "json_schema is expected");
        }
        return new ResponseFormat.JsonSchema(
                null, null, format.requiredObject("schema").node(), null);
    }

    private static @Nullable String serviceTier(Fields fields) {
        String tier = fields.text("service_tier");
        return "standard_only".equals(tier) ? "default" : tier;
    }
}
