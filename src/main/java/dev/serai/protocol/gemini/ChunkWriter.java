package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Citation;
import dev.serai.message.Failure;
import dev.serai.message.Finish;
import dev.serai.message.Logprob;
import dev.serai.message.Usage;
import dev.serai.protocol.Reply;
import dev.serai.stream.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes response objects of a stream; what is the same in every one of an answer is made once. */
final class ChunkWriter {

    private static final String HEAD = "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[";
    private static final String END_OF_PARTS = "]},\"index\":0";

    private final Reply reply;
    private final GeminiFrames frames;
    private String tail;

    ChunkWriter(Reply reply) {
        this.reply = reply;
        this.frames = new GeminiFrames(reply.traits());
        this.tail = tail("");
    }

    void start(String id) {
        tail = tail(id);
    }

    private String tail(String id) {
        ObjectNode node = Json.object();
        node.put("modelVersion", reply.model()).put("responseId", GeminiResponseEncoder.id(id, reply));
        return "," + new String(Json.bytes(node), StandardCharsets.UTF_8).substring(1);
    }

    void text(String text, boolean thought, ByteSink out) {
        frames.open(out);
        out.ascii(HEAD);
        out.ascii("{\"text\":");
        out.write(Json.bytes(text));
        out.ascii(thought ? ",\"thought\":true}" : "}");
        out.ascii(END_OF_PARTS);
        out.ascii("}]");
        out.utf8(tail);
        frames.close(out);
    }

    void part(ObjectNode part, ByteSink out) {
        frames.open(out);
        out.ascii(HEAD);
        out.write(Json.bytes(part));
        out.ascii(END_OF_PARTS);
        out.ascii("}]");
        out.utf8(tail);
        frames.close(out);
    }

    /** The object with the finish, and the end of the stream. */
    void last(
            ObjectNode part,
            Finish finish,
            @Nullable Usage usage,
            List<Citation> citations,
            List<Logprob> logprobs,
            ByteSink out) {
        ObjectNode rest = Json.object();
        rest.put("finishReason", FinishReasons.encode(finish.reason()));
        ObjectNode grounding = Groundings.write(citations);
        if (grounding != null) {
            rest.set("groundingMetadata", grounding);
        }
        if (!logprobs.isEmpty()) {
            rest.set("logprobsResult", LogprobFields.write(logprobs));
        }
        frames.open(out);
        out.ascii(HEAD);
        out.write(Json.bytes(part));
        out.ascii(END_OF_PARTS);
        out.ascii(",");
        byte[] members = Json.bytes(rest);
        out.write(members, 1, members.length - 1);
        out.ascii("]");
        if (usage != null) {
            out.ascii(",\"usageMetadata\":");
            out.write(Json.bytes(UsageFields.write(usage)));
        }
        out.utf8(tail);
        frames.close(out);
        frames.end(out);
    }

    void fail(Failure failure, ByteSink out) {
        frames.fail(failure, out);
    }
}
