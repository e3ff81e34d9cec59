package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatResponse;
import dev.serai.message.Part;
import dev.serai.message.Usage;
import dev.serai.protocol.Reply;

/** A whole answer as {@code message}. */
final class AnthropicMessagesResponseEncoder {

    private AnthropicMessagesResponseEncoder() {}

    static byte[] encode(ChatResponse response, Reply reply) {
        ObjectNode body = head(response.id(), reply);
        ArrayNode content = body.putArray("content");
        for (Part part : response.parts()) {
            AnswerBlocks.write(part, content);
        }
        StopReasons.write(response.finish(), body);
        tail(response.usage() == null ? Usage.NONE : response.usage(), body);
        return Json.bytes(body);
    }

    /** The message at the beginning of a stream: nothing is known yet but who answers. */
    static ObjectNode empty(String id, Reply reply) {
        ObjectNode body = head(id, reply);
        body.putArray("content");
        body.putNull("stop_reason").putNull("stop_sequence").putNull("stop_details");
        tail(Usage.NONE, body);
        return body;
    }

    private static ObjectNode head(String id, Reply reply) {
        return Json.object()
                .put("id", "msg_" + (id.isEmpty() ? reply.requestId() : id))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", reply.model());
    }

    private static void tail(Usage usage, ObjectNode body) {
        body.putNull("container").putNull("diagnostics");
        body.set("usage", UsageFields.write(usage));
    }
}
