package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
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

/** OpenAI Responses towards callers (OpenAI API description of 2026-08-21). */
@Component
public final class OpenAiResponsesProtocol implements Protocol {

    public static final String NAME = "openai-responses";

    private final Clock clock;

    /** @param clock dates the end of answers, and their beginning where the upstream does not */
    public OpenAiResponsesProtocol(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Envelope read(byte[] body, RequestHead head) {
        return ResponsesEnvelopes.read(body);
    }

    @Override
    public ChatRequest decode(Envelope envelope) {
        return OpenAiResponsesRequestDecoder.decode(envelope);
    }

    @Override
    public Map<String, JsonNode> echo(Envelope envelope) {
        return RequestEcho.of(envelope);
    }

    @Override
    public byte[] encode(ChatResponse response, Reply reply) {
        return OpenAiResponsesResponseEncoder.encode(response, reply, clock);
    }

    @Override
    public StreamEncoder streamEncoder(Reply reply) {
        return new OpenAiResponsesStreamEncoder(reply, clock);
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
        new EventWriter().error(failure, out);
    }
}
