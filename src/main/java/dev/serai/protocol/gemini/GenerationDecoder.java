package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.Effort;
import dev.serai.message.Modalities;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.ReasoningOptions.Mode;
import dev.serai.message.ReasoningOptions.Visibility;
import dev.serai.message.ResponseFormat;
import dev.serai.message.Sampling;
import dev.serai.message.SystemBlock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code generationConfig}. */
final class GenerationDecoder {

    private static final int MAX_STOPS = 5;
    private static final List<String> MODALITIES = List.of("MODALITY_UNSPECIFIED", "TEXT", "IMAGE", "AUDIO");
    private static final Set<String> KNOWN = Set.of(
            "candidateCount",
            "stopSequences",
            "maxOutputTokens",
            "temperature",
            "topP",
            "topK",
            "seed",
            "presencePenalty",
            "frequencyPenalty",
            "responseMimeType",
            "responseSchema",
            "responseJsonSchema",
            "_responseJsonSchema",
            "responseLogprobs",
            "logprobs",
            "responseModalities",
            "thinkingConfig");

    private GenerationDecoder() {}

    /** @param system gets a line where a wish can only be said in words */
    static void decode(Fields fields, ChatRequestBuilder request, List<SystemBlock> system, ObjectNode unmapped) {
        Fields config = fields.object("generationConfig");
        if (config == null) {
            return;
        }
        ObjectNode rest = GeminiRequestDecoder.rest(config, KNOWN);
        request.sampling(sampling(config));
        request.maxOutputTokens(ProtoJson.integer(config, "maxOutputTokens", 1, Long.MAX_VALUE));
        request.modalities(modalities(config));
        Fields thinking = config.object("thinkingConfig");
        if (thinking != null) {
            request.reasoning(reasoning(thinking));
        }
        request.responseFormat(format(config, system, rest));
        if (!rest.isEmpty()) {
            unmapped.set("generationConfig", rest);
        }
    }

    private static Sampling sampling(Fields config) {
        List<String> stop = config.texts("stopSequences");
        if (stop.size() > MAX_STOPS) {
            throw config.invalid("stopSequences", "at most " + MAX_STOPS + " sequences are allowed");
        }
        boolean logprobs = Boolean.TRUE.equals(config.flag("responseLogprobs"));
        Integer top = ProtoJson.small(config, "logprobs", 0, 20);
        return new Sampling(
                ProtoJson.number(config, "temperature", 0, 2),
                ProtoJson.number(config, "topP", 0, 1),
                ProtoJson.small(config, "topK", 0, Integer.MAX_VALUE),
                ProtoJson.integer(config, "seed", Integer.MIN_VALUE, Integer.MAX_VALUE),
                ProtoJson.number(config, "presencePenalty", -2, 2),
                ProtoJson.number(config, "frequencyPenalty", -2, 2),
                stop,
                ProtoJson.small(config, "candidateCount", 1, 8),
                logprobs ? Boolean.TRUE : null,
                logprobs ? top : null,
                Map.of());
    }

    /** Text alone is what every answer is. */
    private static @Nullable Modalities modalities(Fields config) {
        JsonNode asked = config.get("responseModalities");
        if (asked == null) {
            return null;
        }
        var names = new ArrayList<String>();
        for (JsonNode one : asked.isArray() ? asked : List.of(asked)) {
            names.add(ProtoJson.constant(one, config, "responseModalities", MODALITIES)
                    .toLowerCase(Locale.ROOT));
        }
        return names.isEmpty() || names.equals(List.of("text")) ? null : new Modalities(names, null);
    }

    private static ReasoningOptions reasoning(Fields thinking) {
        Boolean shown = thinking.flag("includeThoughts");
        var visibility = shown == null ? Visibility.DEFAULT : shown ? Visibility.SUMMARY : Visibility.HIDDEN;
        Integer budget = ProtoJson.small(thinking, "thinkingBudget", -1, Integer.MAX_VALUE);
        Effort effort = effort(thinking);
        if (budget != null && effort != null) {
            throw thinking.invalid("thinkingLevel", "thinkingBudget and thinkingLevel exclude each other");
        }
        if (effort != null) {
            return new ReasoningOptions(Mode.ADAPTIVE, effort, null, visibility, null);
        }
        if (budget == null) {
            return new ReasoningOptions(Mode.DEFAULT, null, null, visibility, null);
        }
        return switch (Math.clamp(budget, -1, 1)) {
            case -1 -> new ReasoningOptions(Mode.ADAPTIVE, null, null, visibility, null);
            case 0 -> new ReasoningOptions(Mode.OFF, null, null, visibility, null);
            default -> new ReasoningOptions(Mode.BUDGET, null, budget, visibility, null);
        };
    }

    private static @Nullable Effort effort(Fields thinking) {
        String level = thinking.text("thinkingLevel");
        return switch (level == null ? "" : level.toUpperCase(Locale.ROOT)) {
            case "", "THINKING_LEVEL_UNSPECIFIED" -> null;
            case "MINIMAL" -> Effort.MINIMAL;
            case "LOW" -> Effort.LOW;
            case "MEDIUM" -> Effort.MEDIUM;
            case "HIGH" -> Effort.HIGH;
            default -> throw thinking.invalid("thinkingLevel", "MINIMAL, LOW, MEDIUM or HIGH is expected");
        };
    }

    private static @Nullable ResponseFormat format(Fields config, List<SystemBlock> system, ObjectNode rest) {
        String type = config.text("responseMimeType");
        JsonNode schema = schema(config);
        return switch (type == null ? "" : type.toLowerCase(Locale.ROOT)) {
            case "", "text/plain" -> schema == null ? null : jsonSchema(schema);
            case "application/json" -> schema == null ? new ResponseFormat.JsonObject() : jsonSchema(schema);
            case "text/x.enum" -> {
                choices(config, schema, system, rest);
                yield null;
            }
            default ->
                throw config.invalid("responseMimeType", "text/plain, application/json or text/x.enum is expected");
        };
    }

    private static ResponseFormat jsonSchema(JsonNode schema) {
        return new ResponseFormat.JsonSchema(null, null, schema, null);
    }

    private static @Nullable JsonNode schema(Fields config) {
        for (String name : List.of("responseJsonSchema", "_responseJsonSchema")) {
            JsonNode schema = config.get(name);
            if (schema != null) {
                return schema;
            }
        }
        Fields schema = config.object("responseSchema");
        return schema == null ? null : OpenApiSchema.toJsonSchema(schema.node());
    }

    /** One bare word of a list has no form in other protocols: it is asked for in words, and Gemini gets its own form too. */
    private static void choices(Fields config, @Nullable JsonNode schema, List<SystemBlock> system, ObjectNode rest) {
        JsonNode values = schema == null ? null : schema.get("enum");
        if (values == null || values.isEmpty()) {
            throw config.invalid("responseSchema", "text/x.enum needs a schema with an enum");
        }
        String list = new String(Json.bytes(values), StandardCharsets.UTF_8);
        system.add(SystemBlock.of("Answer with exactly one of these values, without quotes, and with nothing else: "
                + list.substring(1, list.length() - 1)));
        rest.put("responseMimeType", "text/x.enum");
        for (String name : List.of("responseSchema", "responseJsonSchema")) {
            if (config.has(name)) {
                rest.set(name, config.node().get(name));
            }
        }
    }
}
