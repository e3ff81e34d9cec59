package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.Modalities;
import dev.serai.message.ResponseFormat;
import dev.serai.message.Sampling;
import dev.serai.message.ToolDef;
import dev.serai.protocol.Losses;
import dev.serai.protocol.Target;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code generationConfig} for an upstream. Used once. */
final class GenerationEncoder {

    private static final int MAX_STOPS = 5;
    private static final double PENALTY_BELOW = 1.99;

    private final ChatRequest request;
    private final Target target;
    private final GeminiModel model;
    private final boolean jsonSchemas;
    private final Losses losses;
    private final ObjectNode config = Json.object();
    private @Nullable String instruction;

    GenerationEncoder(ChatRequest request, Target target, GeminiModel model, boolean jsonSchemas, Losses losses) {
        this.request = request;
        this.target = target;
        this.model = model;
        this.jsonSchemas = jsonSchemas;
        this.losses = losses;
    }

    ObjectNode encode() {
        Long asked = request.maxOutputTokens();
        Long limit = target.maxOutputTokens();
        if (asked != null) {
            config.put("maxOutputTokens", limit == null ? asked : Long.valueOf(Math.min(asked, limit)));
        }
        sampling(request.sampling());
        ThinkingEncoder.write(request.reasoning(), model, config, losses);
        format(request.responseFormat());
        Modalities modalities = request.modalities();
        if (modalities != null) {
            modalities(modalities);
        }
        return config;
    }

    /** What could only be said in words; null for nothing. */
    @Nullable
    String instruction() {
        return instruction;
    }

    private void sampling(Sampling sampling) {
        put("temperature", sampling.temperature());
        put("topP", sampling.topP());
        if (sampling.topK() != null) {
            config.put("topK", sampling.topK());
        }
        if (sampling.seed() != null) {
            long seed = sampling.seed();
            config.put("seed", (int) seed == seed ? (int) seed : Long.hashCode(seed));
        }
        put("presencePenalty", below(sampling.presencePenalty()));
        put("frequencyPenalty", below(sampling.frequencyPenalty()));
        if (!sampling.stop().isEmpty()) {
            ArrayNode stop = config.putArray("stopSequences");
            sampling.stop().stream().limit(MAX_STOPS).forEach(stop::add);
            if (sampling.stop().size() > MAX_STOPS) {
                losses.drop("stop");
            }
        }
        if (sampling.n() != null && sampling.n() > 1) {
            throw Losses.unsupported("n");
        }
        if (Boolean.TRUE.equals(sampling.logprobs())) {
            config.put("responseLogprobs", true);
            if (sampling.topLogprobs() != null) {
                config.put("logprobs", sampling.topLogprobs());
            }
        }
        if (!sampling.logitBias().isEmpty()) {
            losses.drop("logitBias");
        }
    }

    /** A penalty must be below 2. */
    private static @Nullable Double below(@Nullable Double penalty) {
        return penalty == null ? null : Double.valueOf(Math.min(penalty, PENALTY_BELOW));
    }

    /** Whole numbers are written without a fraction. */
    private void put(String name, @Nullable Double value) {
        if (value == null) {
            return;
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            config.put(name, value.longValue());
        } else {
            config.put(name, value);
        }
    }

    private void format(@Nullable ResponseFormat format) {
        switch (format) {
            case null -> {}
            case ResponseFormat.TextFormat it -> {}
            case ResponseFormat.JsonObject it -> json(null);
            case ResponseFormat.JsonSchema it -> json(it.schema());
        }
    }

    /** Models before the third generation take no form of the answer beside functions: they are asked in words. */
    private void json(@Nullable JsonNode schema) {
        boolean functions = request.tools().stream().anyMatch(tool -> !(tool instanceof ToolDef.HostedTool));
        if (functions && !model.third()) {
            losses.drop("responseFormat");
            String form = schema == null
                    ? ""
                    : " that matches this JSON schema: " + new String(Json.bytes(schema), StandardCharsets.UTF_8);
            instruction = "When you answer in text, answer only with one JSON value" + form;
            return;
        }
        config.put("responseMimeType", "application/json");
        if (schema != null && jsonSchemas) {
            config.set("responseJsonSchema", schema);
        } else if (schema != null) {
            config.set("responseSchema", SchemaReduction.of(schema));
        }
    }

    private void modalities(Modalities modalities) {
        if (!modalities.output().isEmpty()) {
            ArrayNode names = config.putArray("responseModalities");
            modalities.output().forEach(name -> names.add(name.toUpperCase(Locale.ROOT)));
        }
        if (modalities.audio() != null) {
            losses.drop("modalities");
        }
    }
}
