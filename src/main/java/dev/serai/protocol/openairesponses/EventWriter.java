package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.protocol.OpenAiErrors;
import dev.serai.stream.ByteSink;

/** Writes the events of one stream, each with its name in both places and the next sequence number. */
final class EventWriter {

    private long sequence;

    EventWriter() {
        this(0);
    }

    /** @param sequence the number of the next event */
    EventWriter(long sequence) {
        this.sequence = sequence;
    }

    /** @param members what the event has beside type and number; not empty */
    void write(String type, ObjectNode members, ByteSink out) {
        byte[] json = Json.bytes(members);
        out.ascii("event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + sequence + ",");
        out.write(json, 1, json.length - 1);
        out.ascii("\n\n");
        sequence++;
    }

    /** The failure of a stream that has told nothing of its response. */
    void error(Failure failure, ByteSink out) {
        write(
                "error",
                Json.object()
                        .put("code", OpenAiErrors.code(failure.kind()))
                        .put("message", OpenAiErrors.message(failure))
                        .put("param", failure.param()),
                out);
    }

    void response(String type, ObjectNode response, ByteSink out) {
        write(type, Json.object().set("response", response), out);
    }
}
