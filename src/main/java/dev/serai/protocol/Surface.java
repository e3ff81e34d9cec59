package dev.serai.protocol;

import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import org.jspecify.annotations.Nullable;

/** A wire format that an upstream speaks. Stateless; dialects differ by {@link Target}. */
public interface Surface {

    /** The protocol whose requests may pass through to this surface, such as {@code openai-chat}. */
    String protocol();

    /**
     * The caller's own bytes with the few members changed that must change.
     *
     * @return null when the request needs more than that and must be translated
     */
    @Nullable
    UpstreamBody passthrough(Envelope envelope, Target target);

    /** What tools must be like here; a request that breaks the rules is disguised before {@link #encode}. */
    default ToolRules toolRules() {
        return ToolRules.OPENAI;
    }

    /** The canonical request in this wire format. @throws dev.serai.message.Refusal where a loss is an error */
    UpstreamBody encode(ChatRequest request, Target target);

    /** A decoder for one translated stream. */
    StreamDecoder streamDecoder(Target target);

    /**
     * A decoder for an answer that comes as a stream although the caller wants it whole; null where such a caller is answered
     * whole. It may keep everything until the end.
     */
    default @Nullable StreamDecoder wholeDecoder(Target target) {
        return null;
    }

    /** A whole answer in canonical form. @throws dev.serai.message.Refusal when it is not one */
    ChatResponse decode(byte[] body, Target target);

    /** The tap for one stream that passes through. */
    PassthroughStream passthroughStream(Reply reply, Target target);

    /** A whole answer that passes through: the caller's model name put in, usage and finish read. */
    PassthroughAnswer passthroughAnswer(byte[] body, Reply reply, Target target);
}
