package dev.serai.protocol;

import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.stream.ByteSink;
import java.util.Map;

/** A wire format that callers speak. Stateless; one bean each, found by {@link #name()}. */
public interface Protocol {

    /** The name used in routes, logs and metrics, such as {@code openai-chat}. */
    String name();

    /**
     * Reads the top level of a request in one walk, without building a tree: refuses what is not JSON, has a wrong
     * type at the top level, or breaks a limit; remembers where each member stands.
     *
     * @param body the request's bytes, kept, never changed
     * @param path variables of the request path (a protocol may name the model there)
     * @throws dev.serai.message.Refusal with the field's name
     */
    Envelope read(byte[] body, Map<String, String> path);

    /** The whole request in canonical form. @throws dev.serai.message.Refusal with the field's path */
    ChatRequest decode(Envelope envelope);

    /** A whole answer on the wire. */
    byte[] encode(ChatResponse response, Reply reply);

    /** An encoder for one streamed answer. */
    StreamEncoder streamEncoder(Reply reply);

    /** An error before the first byte: status, protocol-specific headers and body. */
    ErrorAnswer error(Failure failure, String requestId);

    /** An error after the first byte: the event that this protocol's clients fail on. Nothing may follow it. */
    void errorEvent(Failure failure, String requestId, ByteSink out);
}
