package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.Modalities;
import dev.serai.protocol.Losses;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;

/** A canonical request as a Messages request for an upstream. */
final class AnthropicMessagesRequestEncoder {

    private AnthropicMessagesRequestEncoder() {}

    static UpstreamBody encode(ChatRequest request, Target target, AnthropicMessagesDialect dialect) {
        var losses = new Losses(target.refuseLosses());
        var cache = new CacheMarks();
        ClaudeModel model = ClaudeModel.of(target.model());
        ObjectNode body = Json.object().put("model", target.model());
        ToolsEncoder.tools(request, body, cache, dialect, losses);
        SystemEncoder.write(request, target.prompt(), FormatEncoder.instruction(request, model), cache, body);
        var messages = new MessagesEncoder(dialect, cache, losses);
        body.set("messages", messages.encode(request, model));
        var thinking = new ThinkingEncoder(request, model, target, losses);
        boolean thinks = thinking.write(messages.loopLacksThinking(), body);
        ToolsEncoder.choice(request, thinks, body, losses);
        SamplingEncoder.write(request.sampling(), model, thinks, body, losses);
        FormatEncoder.write(request, model, body, losses);
        rest(request, body, losses);
        if (target.stream()) {
            body.put("stream", true);
        }
        unmapped(request, dialect, body, losses);
        cache.prune();
        target.customParams().properties().forEach(param -> {
            if (!param.getKey().equals("stream")) {
                body.set(param.getKey(), param.getValue());
            }
        });
        return new UpstreamBody(Json.bytes(body), losses.dropped());
    }

    /** The protocol in which an unknown member of the request means the same here. */
    static boolean family(ChatRequest request) {
        return request.extensions().source().equals(AnthropicMessagesProtocol.NAME);
    }

    private static void rest(ChatRequest request, ObjectNode body, Losses losses) {
        if (request.endUserId() != null) {
            body.putObject("metadata").put("user_id", request.endUserId());
        }
        switch (request.serviceTier()) {
            case null -> {}
            case "auto" -> body.put("service_tier", "auto");
            case "default" -> body.put("service_tier", "standard_only");
            default -> losses.drop("serviceTier");
        }
        if (Boolean.TRUE.equals(request.store())) {
            losses.drop("store");
        }
        if (request.verbosity() != null) {
            losses.drop("verbosity");
        }
        if (!request.safety().isEmpty()) {
            losses.drop("safety");
        }
        Modalities modalities = request.modalities();
        if (modalities != null && modalities.output().stream().anyMatch(medium -> !medium.equals("text"))) {
            losses.drop("modalities");
        }
    }

    /** What nobody acted on, unless the encoding has said it already; another protocol's members mean nothing here and are reported. */
    private static void unmapped(
            ChatRequest request, AnthropicMessagesDialect dialect, ObjectNode body, Losses losses) {
        if (!family(request)) {
            losses.foreign(request.extensions().unmapped());
            return;
        }
        request.extensions().unmapped().properties().forEach(member -> {
            String name = member.getKey();
            if (dialect.unknownMembers().contains(name)) {
                losses.drop(name);
            } else if (!body.has(name)) {
                body.set(name, member.getValue());
            } else if (body.get(name) instanceof ObjectNode said && member.getValue() instanceof ObjectNode more) {
                more.properties().forEach(inner -> {
                    if (!said.has(inner.getKey())) {
                        said.set(inner.getKey(), inner.getValue());
                    }
                });
            }
        });
    }
}
