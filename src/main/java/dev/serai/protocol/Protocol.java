package dev.serai.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.stream.ByteSink;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** A wire format that callers speak. Stateless; one bean each, found by {@link #name()}. */
public interface Protocol {

    /** A comment of server-sent events. */
    byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

    /** The name used in routes, logs and metrics, such as {@code openai-chat}. */
    String name();

    /**
     * Reads the top level of a request in one walk, without building a tree: refuses what is not JSON, has a wrong
     * type at the top level, or breaks a limit; remembers where each member stands.
     *
     * @param body the request's bytes, kept, never changed
     * @param head the request's head: a protocol may name the model in its path, or its version in a header
     * @throws dev.serai.message.Refusal with the field's name
     */
    Envelope read(byte[] body, RequestHead head);

    /**
     * Reads a request to count tokens, where it differs from one for an answer: it may lack what only an answer needs, or
     * wrap it. The envelope's body is then one that {@link #decode} reads.
     */
    default Envelope readCount(byte[] body, RequestHead head) {
        return read(body, head);
    }

    /** The whole request in canonical form. @throws dev.serai.message.Refusal with the field's path */
    ChatRequest decode(Envelope envelope);

    /** What of a request's bytes its tokens are guessed from. */
    default byte[] counted(Envelope envelope) {
        return envelope.body();
    }

    /** Members of the request that an encoded answer repeats, by name. */
    default Map<String, JsonNode> echo(Envelope envelope) {
        return Map.of();
    }

    /** A whole answer on the wire. */
    byte[] encode(ChatResponse response, Reply reply);

    /** An encoder for one streamed answer. */
    StreamEncoder streamEncoder(Reply reply);

    /** An error before the first byte: status, protocol-specific headers and body. */
    ErrorAnswer error(Failure failure, String requestId);

    /** Headers that every answer of this protocol carries, besides {@code x-request-id}. */
    default Map<String, String> answerHeaders(String requestId) {
        return Map.of();
    }

    /** Headers that tell the caller of its key's limits, in the names that this protocol's clients read. */
    default Map<String, String> limitHeaders(RateLimits limits, Instant now) {
        return Map.of();
    }

    /** The content type of a stream, where the request asked for one. */
    default String streamType(Map<String, String> traits) {
        return "text/event-stream";
    }

    /** What is sent while nothing else is: a sign of life that every client of this protocol passes over. */
    default byte[] heartbeat(Map<String, String> traits) {
        return COMMENT.clone();
    }

    /**
     * The whole of a stream that fails before any event of the answer, but after its head has gone out: the event that
     * this protocol's clients fail on. Once events have been written, the failure is told by the {@link StreamEncoder} or
     * the {@link PassthroughStream} that wrote them.
     */
    void errorEvent(Failure failure, Reply reply, ByteSink out);
}
