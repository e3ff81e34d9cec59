package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.Extensions;
import dev.serai.message.SafetySetting;
import dev.serai.message.StreamOptions;
import dev.serai.message.SystemBlock;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Losses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A generateContent request in canonical form (google.ai.generativelanguage.v1beta.GenerateContentRequest). */
final class GeminiRequestDecoder {

    private static final Set<String> KNOWN = Set.of(
            "model",
            "contents",
            "systemInstruction",
            "tools",
            "toolConfig",
            "safetySettings",
            "generationConfig",
            "cachedContent",
            "serviceTier",
            "labels",
            "store");

    private static final List<String> CATEGORIES = List.of(
            "HARM_CATEGORY_UNSPECIFIED",
            "HARM_CATEGORY_DEROGATORY",
            "HARM_CATEGORY_TOXICITY",
            "HARM_CATEGORY_VIOLENCE",
            "HARM_CATEGORY_SEXUAL",
            "HARM_CATEGORY_MEDICAL",
            "HARM_CATEGORY_DANGEROUS",
            "HARM_CATEGORY_HARASSMENT",
            "HARM_CATEGORY_HATE_SPEECH",
            "HARM_CATEGORY_SEXUALLY_EXPLICIT",
            "HARM_CATEGORY_DANGEROUS_CONTENT",
            "HARM_CATEGORY_CIVIC_INTEGRITY");
    private static final List<String> THRESHOLDS = List.of(
            "HARM_BLOCK_THRESHOLD_UNSPECIFIED",
            "BLOCK_LOW_AND_ABOVE",
            "BLOCK_MEDIUM_AND_ABOVE",
            "BLOCK_ONLY_HIGH",
            "BLOCK_NONE",
            "OFF");

    private GeminiRequestDecoder() {}

    static ChatRequest decode(Envelope envelope) {
        Fields fields = Fields.of(ProtoJson.camel(tree(envelope.body())), "");
        if (fields.has("cachedContent")) {
            throw Losses.unsupported("cachedContent");
        }
        ChatRequestBuilder request = ChatRequest.builder(envelope.model());
        ObjectNode unmapped = unmapped(fields);
        var system = new ArrayList<>(system(fields));
        request.messages(new ContentsDecoder().decode(fields));
        ToolsDecoder.decode(fields, request, unmapped);
        GenerationDecoder.decode(fields, request, system, unmapped);
        request.system(system);
        request.safety(safety(fields));
        request.stream(new StreamOptions(envelope.stream(), envelope.includeUsage()));
        request.serviceTier(serviceTier(fields));
        request.store(fields.flag("store"));
        request.metadata(labels(fields));
        return request.extensions(new Extensions(GeminiProtocol.NAME, unmapped)).build();
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body, 0, body.length);
        } catch (IOException e) {
            throw new IllegalArgumentException("not scanned before", e);
        }
    }

    private static ObjectNode unmapped(Fields fields) {
        return rest(fields, KNOWN);
    }

    /** The members that {@code known} does not name. */
    static ObjectNode rest(Fields fields, Set<String> known) {
        ObjectNode rest = Json.object();
        fields.node().properties().forEach(member -> {
            if (!known.contains(member.getKey()) && !member.getValue().isNull()) {
                rest.set(member.getKey(), member.getValue());
            }
        });
        return rest;
    }

    /** A content, as it should be, or what clients send instead: one part, or a bare string. */
    private static List<SystemBlock> system(Fields fields) {
        JsonNode instruction = fields.get("systemInstruction");
        if (instruction == null) {
            return List.of();
        }
        var blocks = new ArrayList<SystemBlock>();
        if (instruction.isTextual()) {
            blocks.add(SystemBlock.of(instruction.textValue()));
            return blocks;
        }
        Fields content = Fields.of(instruction, "systemInstruction");
        if (!content.has("parts")) {
            addBlock(content, blocks);
        }
        content.each("parts", part -> addBlock(part, blocks));
        return blocks;
    }

    private static void addBlock(Fields part, List<SystemBlock> blocks) {
        String text = part.text("text");
        if (text == null) {
            throw part.invalid("text", "a system instruction holds text only");
        }
        if (!text.isEmpty()) {
            blocks.add(SystemBlock.of(text));
        }
    }

    private static List<SafetySetting> safety(Fields fields) {
        var settings = new ArrayList<SafetySetting>();
        each(fields, "safetySettings", setting -> {
            String category = ProtoJson.constant(setting, "category", CATEGORIES);
            String threshold = ProtoJson.constant(setting, "threshold", THRESHOLDS);
            if (category == null || threshold == null) {
                throw setting.invalid("category", "category and threshold are required");
            }
            settings.add(new SafetySetting(category, threshold));
        });
        return settings;
    }

    /** The objects of an array, or the one object that stands in its place. */
    static void each(Fields fields, String name, Consumer<Fields> visitor) {
        JsonNode value = fields.get(name);
        if (value != null && value.isObject()) {
            visitor.accept(Fields.of(value, fields.at(name)));
        } else {
            fields.each(name, visitor);
        }
    }

    /** In OpenAI's words, which call the standard tier the default. */
    private static @Nullable String serviceTier(Fields fields) {
        String tier = fields.text("serviceTier");
        return switch (tier == null ? "" : tier.toLowerCase(Locale.ROOT)) {
            case "", "unspecified", "service_tier_unspecified" -> null;
            case "standard" -> "default";
            default -> tier;
        };
    }

    private static Map<String, String> labels(Fields fields) {
        Fields labels = fields.object("labels");
        if (labels == null) {
            return Map.of();
        }
        var map = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> label : labels.node().properties()) {
            String value = labels.text(label.getKey());
            if (value != null) {
                map.put(label.getKey(), value);
            }
        }
        return map;
    }
}
