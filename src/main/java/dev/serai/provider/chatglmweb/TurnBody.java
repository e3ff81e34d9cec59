package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.Effort;
import dev.serai.message.Part;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.ToolDef;
import dev.serai.protocol.Losses;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import java.util.List;

/** A canonical request as the body of one turn. */
final class TurnBody {

    private TurnBody() {}

    static UpstreamBody encode(ChatRequest request, Target target, Turn turn) {
        var losses = new Losses(target.refuseLosses());
        boolean continued = !turn.continued().isEmpty();
        ObjectNode body = Json.object();
        body.put("assistant_id", turn.model().assistant());
        body.put("conversation_id", turn.continued());
        body.put("project_id", "");
        body.put("chat_type", "user_chat");
        body.set("meta_data", meta(request, turn));
        ArrayNode content =
                body.putArray("messages").addObject().put("role", "user").putArray("content");
        content.addObject().put("type", "text").put("text", Prompt.of(request, target.prompt(), continued, losses));
        files(request, content);
        Unsaid.note(request, losses);
        target.customParams().properties().forEach(it -> custom(body, it.getKey(), it.getValue()));
        return new UpstreamBody(Json.bytes(body), losses.dropped());
    }

    private static ObjectNode meta(ChatRequest request, Turn turn) {
        ObjectNode meta = Json.object();
        meta.put("channel", "");
        meta.put("chat_mode", mode(request, turn.model()));
        meta.put("draft_id", "");
        meta.put("input_question_type", "xxxx");
        meta.put("is_networking", searches(request));
        meta.put("is_test", false);
        meta.put("platform", "pc");
        meta.put("quote_log_id", "");
        meta.putObject("cogview").put("rm_label_watermark", false);
        return meta;
    }

    /** The model's name decides; where it does not, a caller who asks for reasoning gets it. */
    private static String mode(ChatRequest request, ModelName model) {
        if (!model.chatMode().isEmpty()) {
            return model.chatMode();
        }
        var effort = request.reasoning().effectiveEffort();
        boolean thinks = effort == null
                ? request.reasoning().mode() == ReasoningOptions.Mode.ADAPTIVE
                        || request.reasoning().mode() == ReasoningOptions.Mode.BUDGET
                : effort.compareTo(Effort.LOW) >= 0;
        return thinks ? "zero" : "";
    }

    private static boolean searches(ChatRequest request) {
        return request.tools().stream()
                .anyMatch(tool -> tool instanceof ToolDef.HostedTool it && it.kind() == ToolDef.HostedKind.WEB_SEARCH);
    }

    private static void files(ChatRequest request, ArrayNode content) {
        ArrayNode pictures = Json.array();
        ArrayNode files = Json.array();
        for (var message : request.messages()) {
            for (Part part : message.parts()) {
                if (part instanceof Part.Opaque opaque && Uploaded.is(part)) {
                    if (Uploaded.image(opaque.raw())) {
                        pictures.add(Uploaded.picture(opaque.raw(), pictures.size()));
                    } else {
                        files.add(opaque.raw());
                    }
                }
            }
        }
        if (!files.isEmpty()) {
            content.addObject().put("type", "file").set("file", files);
        }
        if (!pictures.isEmpty()) {
            content.addObject().put("type", "image").set("image", pictures);
        }
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
