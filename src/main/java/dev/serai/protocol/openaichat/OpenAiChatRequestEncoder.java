package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.Modalities;
import dev.serai.message.ResponseFormat;
import dev.serai.protocol.Losses;
import dev.serai.protocol.OpenAiFields;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import org.jspecify.annotations.Nullable;

/** A canonical request as a Chat Completions request for an upstream. */
final class OpenAiChatRequestEncoder {

    private OpenAiChatRequestEncoder() {}

    static UpstreamBody encode(ChatRequest asked, Target target, OpenAiChatDialect dialect) {
        var losses = new Losses(target.refuseLosses());
        ChatRequest request = dialect.prepare(asked, losses);
        ObjectNode body = Json.object();
        body.put("model", target.model());
        body.set("messages", new MessagesEncoder(request, dialect, losses).encode(target.prompt()));
        Long most = mostTokens(request.maxOutputTokens(), target.maxOutputTokens());
        if (most != null) {
            body.put("max_completion_tokens", most);
        }
        boolean family = request.extensions().source().equals(OpenAiChatProtocol.NAME);
        SamplingFields.write(request.sampling(), family, body, losses);
        ToolsEncoder.encode(request, body, losses);
        ReasoningFields.write(request.reasoning(), body);
        format(request.responseFormat(), body);
        rest(request, body, losses);
        if (target.stream()) {
            body.put("stream", true);
            body.putObject("stream_options").put("include_usage", true);
        }
        if (family) {
            unmapped(request.extensions().unmapped(), body);
        } else {
            losses.foreign(request.extensions().unmapped());
        }
        dialect.adapt(body, request, losses);
        target.customParams().properties().forEach(param -> {
            if (!param.getKey().equals("stream")) {
                body.set(param.getKey(), param.getValue());
            }
        });
        return new UpstreamBody(Json.bytes(body), losses.dropped());
    }

    /** What nobody acted on, unless the encoding has said it already. */
    private static void unmapped(ObjectNode members, ObjectNode body) {
        members.properties().forEach(member -> {
            if (!body.has(member.getKey())) {
                body.set(member.getKey(), member.getValue());
            }
        });
    }

    private static @Nullable Long mostTokens(@Nullable Long asked, @Nullable Long limit) {
        return asked == null || limit == null ? asked : Long.valueOf(Math.min(asked, limit));
    }

    private static void format(@Nullable ResponseFormat format, ObjectNode body) {
        switch (format) {
            case null -> {}
            case ResponseFormat.TextFormat text ->
                body.putObject("response_format").put("type", "text");
            case ResponseFormat.JsonObject object ->
                body.putObject("response_format").put("type", "json_object");
            case ResponseFormat.JsonSchema it -> {
                ObjectNode schema = body.putObject("response_format")
                        .put("type", "json_schema")
                        .putObject("json_schema");
                schema.put("name", it.name() == null ? "response" : it.name());
                OpenAiFields.put(schema, "description", it.description());
                if (it.strict() != null) {
                    schema.put("strict", it.strict());
                }
                if (it.schema() != null) {
                    schema.set("schema", it.schema());
                }
            }
        }
    }

    private static void rest(ChatRequest request, ObjectNode body, Losses losses) {
        OpenAiFields.put(body, "verbosity", request.verbosity());
        String user = request.endUserId();
        if (user != null) {
            body.put("safety_identifier", OpenAiFields.identifier(user));
        }
        if (!request.metadata().isEmpty()) {
            ObjectNode metadata = body.putObject("metadata");
            request.metadata().forEach(metadata::put);
        }
        OpenAiFields.put(body, "service_tier", request.serviceTier());
        if (request.store() != null) {
            body.put("store", request.store());
        }
        OpenAiFields.cache(request.cache(), body);
        Modalities modalities = request.modalities();
        if (modalities != null) {
            if (!modalities.output().isEmpty()) {
                var array = body.putArray("modalities");
                modalities.output().forEach(array::add);
            }
            if (modalities.audio() != null) {
                body.set("audio", modalities.audio());
            }
        }
        if (!request.safety().isEmpty()) {
            losses.drop("safety");
        }
    }
}
