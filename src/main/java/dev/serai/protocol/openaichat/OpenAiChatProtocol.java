package dev.serai.protocol.openaichat;

import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.ErrorAnswer;
import dev.serai.protocol.OpenAiErrors;
import dev.serai.protocol.OpenAiRateLimits;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.RateLimits;
import dev.serai.protocol.Reply;
import dev.serai.protocol.RequestHead;
import dev.serai.protocol.StreamEncoder;
import dev.serai.stream.ByteSink;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;

/** OpenAI Chat Completions towards callers (OpenAI API description of 2026-08-21). */
@Component
public final class OpenAiChatProtocol implements Protocol {

    public static final String NAME = "openai-chat";

    private final Clock clock;

    /** @param clock dates answers whose upstream does not */
    public OpenAiChatProtocol(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Envelope read(byte[] body, RequestHead head) {
        return OpenAiChatEnvelopes.read(body);
    }

    @Override
    public ChatRequest decode(Envelope envelope) {
        return OpenAiChatRequestDecoder.decode(envelope);
    }

    @Override
    public byte[] encode(ChatResponse response, Reply reply) {
        return OpenAiChatResponseEncoder.encode(response, reply, now());
    }

    @Override
    public StreamEncoder streamEncoder(Reply reply) {
        return new OpenAiChatStreamEncoder(reply, now());
    }

    @Override
    public Map<String, String> limitHeaders(RateLimits limits, Instant now) {
        return OpenAiRateLimits.headers(limits);
    }

    @Override
    public ErrorAnswer error(Failure failure, String requestId) {
        return OpenAiErrors.answer(failure, requestId);
    }

    @Override
    public void errorEvent(Failure failure, Reply reply, ByteSink out) {
        OpenAiChatErrors.event(failure, out);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
