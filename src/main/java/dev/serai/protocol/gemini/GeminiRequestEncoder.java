package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.SafetySetting;
import dev.serai.message.SystemBlock;
import dev.serai.protocol.Losses;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A canonical request as a generateContent request for an upstream. */
final class GeminiRequestEncoder {

    private GeminiRequestEncoder() {}

    /** @param jsonSchemas the upstream's version of the API knows JSON schemas */
    static UpstreamBody encode(ChatRequest request, Target target, boolean jsonSchemas) {
        var losses = new Losses(target.refuseLosses());
        GeminiModel model = GeminiModel.of(target.model());
        boolean schemas = jsonSchemas && model.takesJsonSchema();
        ObjectNode body = Json.object();
        var generation = new GenerationEncoder(request, target, model, schemas, losses);
        ObjectNode config = generation.encode();
        ArrayNode system = system(request, target.prompt(), generation.instruction());
        if (!system.isEmpty()) {
            body.putObject("systemInstruction").set("parts", system);
        }
        body.set("contents", new ContentsEncoder(request, model, losses).encode());
        ToolsEncoder.encode(request, schemas, body, losses);
        if (!config.isEmpty()) {
            body.set("generationConfig", config);
        }
        rest(request, body, losses);
        if (request.extensions().source().equals(GeminiProtocol.NAME)) {
            addMissing(request.extensions().unmapped(), body);
        } else {
            losses.foreign(request.extensions().unmapped());
        }
        target.customParams().properties().forEach(param -> {
            if (!param.getKey().equals("stream")) {
                custom(body, param.getKey(), param.getValue());
            }
        });
        return new UpstreamBody(Json.bytes(body), losses.dropped());
    }

    private static ArrayNode system(ChatRequest request, @Nullable String prompt, @Nullable String instruction) {
        var texts = new ArrayList<@Nullable String>();
        texts.add(prompt);
        request.system().stream().map(SystemBlock::text).forEach(texts::add);
        texts.add(instruction);
        ArrayNode parts = Json.array();
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                parts.addObject().put("text", text);
            }
        }
        return parts;
    }

    private static void rest(ChatRequest request, ObjectNode body, Losses losses) {
        if (!request.safety().isEmpty()) {
            ArrayNode settings = body.putArray("safetySettings");
            for (SafetySetting setting : request.safety()) {
                settings.addObject().put("category", setting.category()).put("threshold", setting.threshold());
            }
        }
        String tier = request.serviceTier();
        if (tier != null) {
            serviceTier(tier.toLowerCase(Locale.ROOT), body, losses);
        }
        boolean family = request.extensions().source().equals(GeminiProtocol.NAME);
        if (request.store() != null && (family || request.store())) {
            body.put("store", request.store());
        }
        if (family && !request.metadata().isEmpty()) {
            ObjectNode labels = body.putObject("labels");
            request.metadata().forEach(labels::put);
        }
        if (request.verbosity() != null) {
            losses.drop("verbosity");
        }
        if (request.endUserId() != null) {
            losses.drop("endUserId");
        }
    }

    private static void serviceTier(String tier, ObjectNode body, Losses losses) {
        switch (tier) {
            case "auto" -> {}
            case "default", "standard" -> body.put("serviceTier", "standard");
            case "flex", "priority" -> body.put("serviceTier", tier);
            default -> losses.drop("serviceTier");
        }
    }

    /** What nobody acted on, unless the encoding has said it already. */
    private static void addMissing(ObjectNode members, ObjectNode body) {
        members.properties().forEach(member -> {
            if (body.get(member.getKey()) instanceof ObjectNode inner && member.getValue() instanceof ObjectNode more) {
                addMissing(more, inner);
            } else if (!body.has(member.getKey())) {
                body.set(member.getKey(), member.getValue());
            }
        });
    }

    /** A custom object is set member by member, so that it does not wipe out what stands beside it. */
    private static void custom(ObjectNode body, String name, JsonNode value) {
        if (body.get(name) instanceof ObjectNode inner && value instanceof ObjectNode members) {
            List.copyOf(members.properties()).forEach(it -> inner.set(it.getKey(), it.getValue()));
        } else {
            body.set(name, value.deepCopy());
        }
    }
}
