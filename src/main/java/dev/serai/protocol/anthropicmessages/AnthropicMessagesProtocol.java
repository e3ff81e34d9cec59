package dev.serai.protocol.anthropicmessages;

import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.ErrorAnswer;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.RateLimits;
import dev.serai.protocol.Reply;
import dev.serai.protocol.RequestHead;
import dev.serai.protocol.StreamEncoder;
import dev.serai.stream.ByteSink;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Anthropic Messages towards callers (API versions 2023-06-01 and 2026-10-21). The heartbeat is a comment: a made-up ping
 * would tell clients that the model is alive; real pings of an upstream go through.
 */
@Component
public final class AnthropicMessagesProtocol implements Protocol {

    public static final String NAME = "anthropic-messages";

    /** The trait, and the header, that holds the API version. */
    public static final String VERSION = ApiVersion.HEADER;

    /** The trait, and the header, that holds the names of beta features, separated by commas. */
    public static final String BETAS = "anthropic-beta";

    /** The API version of a request that names none, and of every translated one. */
    public static final String FIRST_VERSION = ApiVersion.FIRST;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Envelope read(byte[] body, RequestHead head) {
        return AnthropicMessagesEnvelopes.read(body, head);
    }

    @Override
    public ChatRequest decode(Envelope envelope) {
        return AnthropicMessagesRequestDecoder.decode(envelope);
    }

    @Override
    public byte[] encode(ChatResponse response, Reply reply) {
        return AnthropicMessagesResponseEncoder.encode(response, reply);
    }

    @Override
    public StreamEncoder streamEncoder(Reply reply) {
        return new AnthropicMessagesStreamEncoder(reply);
    }

    @Override
    public Map<String, String> limitHeaders(RateLimits limits, Instant now) {
        return AnthropicRateLimits.headers(limits, now);
    }

    @Override
    public Map<String, String> answerHeaders(String requestId) {
        return Map.of(AnthropicMessagesErrors.REQUEST_ID, requestId);
    }

    @Override
    public ErrorAnswer error(Failure failure, String requestId) {
        return AnthropicMessagesErrors.answer(failure, requestId);
    }

    @Override
    public void errorEvent(Failure failure, Reply reply, ByteSink out) {
        AnthropicMessagesErrors.event(failure, reply.requestId(), out);
    }
}
