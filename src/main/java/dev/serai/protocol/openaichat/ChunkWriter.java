package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent.Start;
import dev.serai.message.Usage;
import dev.serai.protocol.Reply;
import dev.serai.stream.ByteSink;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes {@code chat.completion.chunk} events; what is the same in every chunk of an answer is made once. */
final class ChunkWriter {

    private static final String OPEN = "{\"index\":0,\"delta\":";
    private static final String NO_FINISH = ",\"logprobs\":null,\"finish_reason\":null}";

    private final Reply reply;
    private final long created;
    private final String tail;
    private byte[] head;

    ChunkWriter(Reply reply, long created) {
        this.reply = reply;
        this.created = created;
        this.tail = reply.includeUsage() ? "],\"usage\":null}\n\n" : "]}\n\n";
        this.head = head("", created);
    }

    void start(Start event) {
        head = head(event.id(), event.created() == 0 ? created : event.created());
    }

    void role(boolean text, ByteSink out) {
        choice("{\"role\":\"assistant\",\"content\":" + (text ? "\"\"}" : "null}"), NO_FINISH, out);
    }

    void text(String member, String text, ByteSink out) {
        out.write(head);
        out.ascii(OPEN);
        out.ascii("{\"" + member + "\":");
        out.write(Json.bytes(text));
        out.ascii("}");
        out.ascii(NO_FINISH);
        out.ascii(tail);
    }

    void delta(ObjectNode delta, ByteSink out) {
        out.write(head);
        out.ascii(OPEN);
        out.write(Json.bytes(delta));
        out.ascii(NO_FINISH);
        out.ascii(tail);
    }

    void logprobs(ObjectNode logprobs, ByteSink out) {
        String text = new String(Json.bytes(logprobs), StandardCharsets.UTF_8);
        choice("{}", ",\"logprobs\":" + text + ",\"finish_reason\":null}", out);
    }

    void finish(String reason, ByteSink out) {
        choice("{}", ",\"logprobs\":null,\"finish_reason\":\"" + reason + "\"}", out);
    }

    /** The chunk without choices, for a caller who asked for it. */
    void usage(@Nullable Usage usage, ByteSink out) {
        if (usage == null || !reply.includeUsage()) {
            return;
        }
        out.write(head);
        out.ascii("],\"usage\":");
        out.write(Json.bytes(UsageFields.write(usage)));
        out.ascii("}\n\n");
    }

    private void choice(String delta, String rest, ByteSink out) {
        out.write(head);
        out.ascii(OPEN);
        out.utf8(delta);
        out.utf8(rest);
        out.ascii(tail);
    }

    private byte[] head(String id, long time) {
        ObjectNode node = Json.object();
        node.put("id", OpenAiChatResponseEncoder.id(id, reply));
        node.put("object", "chat.completion.chunk");
        node.put("created", time);
        node.put("model", reply.model());
        String json = new String(Json.bytes(node), StandardCharsets.UTF_8);
        return ("data: " + json.substring(0, json.length() - 1) + ",\"choices\":[").getBytes(StandardCharsets.UTF_8);
    }
}
