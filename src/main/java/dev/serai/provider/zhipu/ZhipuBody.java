package dev.serai.provider.zhipu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.ChatRequest;
import dev.serai.message.Effort;
import dev.serai.message.ReasoningOptions;
import dev.serai.protocol.Losses;
import dev.serai.protocol.openaichat.OpenAiChatProtocol;
import java.util.List;
import java.util.Set;

/** The encoded request in Zhipu's words. */
final class ZhipuBody {

    private static final int MOST_TOKENS = 131_072;

    /** Zhipu's own members, which a caller may send to it through a translation. */
    private static final Set<String> OWN = Set.of(
            "thinking",
            "do_sample",
            "tool_stream",
            "request_id",
            "user_id",
            "sensitive_word_check",
            "watermark_enabled",
            "meta",
            "extra");

    private ZhipuBody() {}

    static void adapt(ObjectNode body, ChatRequest request, Losses losses) {
        for (String name : foreign(request)) {
            body.remove(name);
            losses.drop(name);
        }
        var model = ZhipuModel.of(body.path("model").asText());
        body.path("messages").forEach(message -> message(message, model, losses));
        body.remove("stream_options");
        tokens(body, losses);
        sampling(body, losses);
        JsonNode mark = body.remove("safety_identifier");
        if (mark != null && !body.has("user_id")) {
            body.put("user_id", ZhipuUser.id(mark.asText()));
        }
        thinking(body, request.reasoning(), model, losses);
    }

    /** Members that only another dialect of chat knows. */
    private static List<String> foreign(ChatRequest request) {
        if (!request.extensions().source().equals(OpenAiChatProtocol.NAME)) {
            return List.of();
        }
        return request.extensions().unmapped().properties().stream()
                .map(member -> member.getKey())
                .filter(name -> !OWN.contains(name))
                .toList();
    }

    private static void message(JsonNode node, ZhipuModel model, Losses losses) {
        if (!(node instanceof ObjectNode message)) {
            return;
        }
        message.remove("reasoning_details");
        message.remove("audio");
        JsonNode refusal = message.remove("refusal");
        if (message.path("content").isNull()) {
            message.put("content", refusal == null ? "" : refusal.asText());
        }
        message.path("content").forEach(part -> part(part, model, losses));
    }

    private static void part(JsonNode part, ZhipuModel model, Losses losses) {
        switch (part.path("type").asText()) {
            case "text" -> {}
            case "image_url" -> {
                refuseIf(model.textOnly(), "messages.image");
                if (part.path("image_url") instanceof ObjectNode image && image.remove("detail") != null) {
                    losses.drop("messages.image.detail");
                }
            }
            case "video_url" -> refuseIf(model.textOnly(), "messages.video");
            case "file_url" -> refuseIf(model.textOnly(), "messages.document");
            case "input_audio" -> refuseIf(!model.hears(), "messages.audio");
            default -> throw Losses.unsupported("messages.document");
        }
    }

    private static void refuseIf(boolean impossible, String field) {
        if (impossible) {
            throw Losses.unsupported(field);
        }
    }

    private static void tokens(ObjectNode body, Losses losses) {
        JsonNode most = body.remove("max_completion_tokens");
        if (most != null) {
            body.put("max_tokens", Math.min(most.asLong(), MOST_TOKENS));
            if (most.asLong() > MOST_TOKENS) {
                losses.drop("maxOutputTokens");
            }
        }
    }

    private static void sampling(ObjectNode body, Losses losses) {
        JsonNode temperature = body.path("temperature");
        if (temperature.isNumber() && temperature.doubleValue() <= 0) {
            body.remove("temperature");
            body.put("do_sample", false);
        } else if (temperature.isNumber() && temperature.doubleValue() > 1) {
            body.put("temperature", 1);
            losses.drop("temperature");
        }
        JsonNode topP = body.path("top_p");
        if (topP.isNumber() && topP.doubleValue() < 0.01) {
            body.put("top_p", 0.01);
            losses.drop("topP");
        }
    }

    private static void thinking(ObjectNode body, ReasoningOptions reasoning, ZhipuModel model, Losses losses) {
        body.remove("reasoning_effort");
        Effort effort = reasoning.effectiveEffort();
        if (effort == null && reasoning.mode() == ReasoningOptions.Mode.ADAPTIVE) {
            effort = Effort.HIGH;
        }
        if (effort != null) {
            ZhipuThinking said = ZhipuThinking.of(model, effort);
            body.remove("thinking");
            if (said.type() != null) {
                body.putObject("thinking").put("type", said.type());
            }
            if (said.effort() != null && reasoning.effectiveEffort() != null) {
                body.put("reasoning_effort", said.effort());
            }
            if (said.lost()) {
                losses.drop("reasoning");
            }
        }
        if (reasoning.keepHistory() != null && model.thinking() != ZhipuModel.Thinking.NONE) {
            ObjectNode thinking = body.withObject("/thinking");
            if (!thinking.has("type")) {
                thinking.put("type", "enabled");
            }
            thinking.put("clear_thinking", !reasoning.keepHistory());
        }
    }
}
