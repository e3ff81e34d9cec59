package dev.serai.protocol.gemini;

import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.ErrorAnswer;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.Reply;
import dev.serai.protocol.RequestHead;
import dev.serai.protocol.StreamEncoder;
import dev.serai.stream.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Gemini generateContent towards callers (google.ai.generativelanguage.v1beta). The model and whether the answer is
 * streamed stand in the path; a stream is server-sent events where the query says {@code alt=sse}, else one JSON array.
 */
@Component
public final class GeminiProtocol implements Protocol {

    public static final String NAME = "gemini";

    /** Neither a comment nor half a blank line: readers of Google's own that stumble over either are in wide use. */
    static final String BLANK_EVENT = "\n\n";

    private static final byte[] BLANK = "\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Envelope read(byte[] body, RequestHead head) {
        return GeminiEnvelopes.read(body, head);
    }

    @Override
    public Envelope readCount(byte[] body, RequestHead head) {
        return GeminiEnvelopes.readCount(body, head);
    }

    @Override
    public ChatRequest decode(Envelope envelope) {
        return GeminiRequestDecoder.decode(envelope);
    }

    @Override
    public byte[] encode(ChatResponse response, Reply reply) {
        return GeminiResponseEncoder.encode(response, reply);
    }

    @Override
    public StreamEncoder streamEncoder(Reply reply) {
        return new GeminiStreamEncoder(reply);
    }

    @Override
    public ErrorAnswer error(Failure failure, String requestId) {
        return GeminiErrors.answer(failure, requestId);
    }

    @Override
    public String streamType(Map<String, String> traits) {
        return GeminiTraits.array(traits) ? "application/json" : "text/event-stream";
    }

    /** White space between the elements of an array, an empty event between events. */
    @Override
    public byte[] heartbeat(Map<String, String> traits) {
        return GeminiTraits.array(traits) ? BLANK.clone() : BLANK_EVENT.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void errorEvent(Failure failure, Reply reply, ByteSink out) {
        new GeminiFrames(reply.traits()).fail(failure, out);
    }
}
