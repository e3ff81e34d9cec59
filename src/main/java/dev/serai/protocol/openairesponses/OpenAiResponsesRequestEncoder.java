package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.Modalities;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.ResponseFormat;
import dev.serai.message.Sampling;
import dev.serai.protocol.Losses;
import dev.serai.protocol.OpenAiFields;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import org.jspecify.annotations.Nullable;

/** A canonical request as a Responses request for an upstream, which is asked to keep nothing unless the caller wishes it. */
final class OpenAiResponsesRequestEncoder {

    private static final long LEAST_OUTPUT = 16;

    private OpenAiResponsesRequestEncoder() {}

    static UpstreamBody encode(ChatRequest request, Target target) {
        var losses = new Losses(target.refuseLosses());
        ObjectNode body = Json.object();
        body.put("model", target.model());
        new InputEncoder(request, losses).encode(target.prompt(), body);
        Long most = mostTokens(request.maxOutputTokens(), target.maxOutputTokens());
        if (most != null) {
            body.put("max_output_tokens", Math.max(most, LEAST_OUTPUT));
        }
        SamplingFields.write(request.sampling(), body, losses);
        ToolsEncoder.encode(request, body, losses);
        ReasoningFields.write(request.reasoning(), body);
        text(request, body);
        rest(request, body, losses);
        unmapped(request, body, losses);
        if (target.stream()) {
            body.put("stream", true);
        }
        target.customParams().properties().forEach(param -> {
            if (!param.getKey().equals("stream")) {
                body.set(param.getKey(), param.getValue());
            }
        });
        return new UpstreamBody(Json.bytes(body), losses.dropped());
    }

    /** What nobody acted on, unless the encoding has said it already. */
    private static void unmapped(ChatRequest request, ObjectNode body, Losses losses) {
        boolean family = request.extensions().source().equals(OpenAiResponsesProtocol.NAME);
        ObjectNode members = family ? request.extensions().unmapped() : Json.object();
        if (!family) {
            losses.foreign(request.extensions().unmapped());
        }
        include(request, members.path("include"), body);
        members.properties().forEach(member -> {
            if (!body.has(member.getKey())) {
                body.set(member.getKey(), member.getValue());
            }
        });
    }

    private static @Nullable Long mostTokens(@Nullable Long asked, @Nullable Long limit) {
        return asked == null || limit == null ? asked : Long.valueOf(Math.min(asked, limit));
    }

    private static void text(ChatRequest request, ObjectNode body) {
        ObjectNode text = Json.object();
        switch (request.responseFormat()) {
            case null -> {}
            case ResponseFormat.TextFormat plain -> text.putObject("format").put("type", "text");
            case ResponseFormat.JsonObject object -> text.putObject("format").put("type", "json_object");
            case ResponseFormat.JsonSchema it -> {
                ObjectNode format = text.putObject("format").put("type", "json_schema");
                format.put("name", it.name() == null ? "response" : it.name());
                OpenAiFields.put(format, "description", it.description());
                if (it.strict() != null) {
                    format.put("strict", it.strict());
                }
                format.set("schema", it.schema() == null ? Json.object() : it.schema());
            }
        }
        OpenAiFields.put(text, "verbosity", request.verbosity());
        if (!text.isEmpty()) {
            body.set("text", text);
        }
    }

    private static void rest(ChatRequest request, ObjectNode body, Losses losses) {
        String user = request.endUserId();
        if (user != null) {
            body.put("safety_identifier", OpenAiFields.identifier(user));
        }
        if (!request.metadata().isEmpty()) {
            ObjectNode metadata = body.putObject("metadata");
            request.metadata().forEach(metadata::put);
        }
        OpenAiFields.put(body, "service_tier", request.serviceTier());
        body.put("store", Boolean.TRUE.equals(request.store()));
        OpenAiFields.cache(request.cache(), body);
        Modalities modalities = request.modalities();
        if (modalities != null && modalities.output().stream().anyMatch(it -> !it.equals("text"))) {
            throw Losses.unsupported("modalities");
        }
        if (!request.safety().isEmpty()) {
            losses.drop("safety");
        }
    }

    /** What shall be in the answer beside text: seals where the caller says anything about reasoning. */
    private static void include(ChatRequest request, JsonNode more, ObjectNode body) {
        ArrayNode include = Json.array();
        ReasoningOptions reasoning = request.reasoning();
        boolean thinks = reasoning.effort() != null || reasoning.budgetTokens() != null;
        if (reasoning.mode() != ReasoningOptions.Mode.OFF && (thinks || ReasoningFields.wantsSummary(reasoning))) {
            include.add(OpenAiResponsesRequestDecoder.SEALED_REASONING);
        }
        Sampling sampling = request.sampling();
        if (Boolean.TRUE.equals(sampling.logprobs())) {
            include.add(OpenAiResponsesRequestDecoder.LOGPROBS);
        }
        more.forEach(include::add);
        if (!include.isEmpty()) {
            body.set("include", include);
        }
    }
}
