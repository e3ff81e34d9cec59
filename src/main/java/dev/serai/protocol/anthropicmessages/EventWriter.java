package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Citation;
import dev.serai.message.Failure;
import dev.serai.message.Finish;
import dev.serai.message.Usage;
import dev.serai.protocol.Reply;
import dev.serai.stream.ByteSink;

/** The events of one stream. An event's name and its data's type are the same: clients pass over what has no name. */
final class EventWriter {

    private final Reply reply;

    EventWriter(Reply reply) {
        this.reply = reply;
    }

    static void event(String name, ObjectNode data, ByteSink out) {
        out.ascii("event: ");
        out.ascii(name);
        out.ascii("\ndata: ");
        out.write(Json.bytes(data));
        out.ascii("\n\n");
    }

    void start(String id, ByteSink out) {
        ObjectNode data = typed("message_start");
        data.set("message", AnthropicMessagesResponseEncoder.empty(id, reply));
        event("message_start", data, out);
    }

    void blockStart(int index, ObjectNode block, ByteSink out) {
        ObjectNode data = typed("content_block_start").put("index", index);
        data.set("content_block", block);
        event("content_block_start", data, out);
    }

    /** A delta of one text member; written by hand, for there are many. */
    void delta(int index, String type, String member, String text, ByteSink out) {
        out.ascii("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":");
        out.ascii(Integer.toString(index));
        out.ascii(",\"delta\":{\"type\":\"");
        out.ascii(type);
        out.ascii("\",\"");
        out.ascii(member);
        out.ascii("\":");
        out.write(Json.bytes(text));
        out.ascii("}}\n\n");
    }

    void cited(int index, Citation citation, ByteSink out) {
        var told = Citations.write(citation);
        if (told != null) {
            ObjectNode data = typed("content_block_delta").put("index", index);
            data.putObject("delta").put("type", "citations_delta").set("citation", told);
            event("content_block_delta", data, out);
        }
    }

    void blockStop(int index, ByteSink out) {
        event("content_block_stop", typed("content_block_stop").put("index", index), out);
    }

    void end(Finish finish, Usage usage, ByteSink out) {
        ObjectNode data = typed("message_delta");
        ObjectNode delta = data.putObject("delta");
        StopReasons.write(finish, delta);
        delta.putNull("container");
        data.set("usage", UsageFields.writeDelta(usage));
        event("message_delta", data, out);
        event("message_stop", typed("message_stop"), out);
    }

    void ping(ByteSink out) {
        event("ping", typed("ping"), out);
    }

    void fail(Failure failure, ByteSink out) {
        AnthropicMessagesErrors.event(failure, reply.requestId(), out);
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }
}
