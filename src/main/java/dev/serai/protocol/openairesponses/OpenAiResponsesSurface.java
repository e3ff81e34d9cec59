package dev.serai.protocol.openairesponses;

import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.PassthroughAnswer;
import dev.serai.protocol.PassthroughStream;
import dev.serai.protocol.Reply;
import dev.serai.protocol.StreamDecoder;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.UpstreamErrors;
import org.jspecify.annotations.Nullable;

/** Upstreams that speak Responses. */
public final class OpenAiResponsesSurface implements Surface {

    private final Errors errors;

    /** What an error inside of an answer means. */
    @FunctionalInterface
    public interface Errors {

        /** @param otherwise the class where code and type say nothing */
        Failure failure(UpstreamError error, FailureClass otherwise);
    }

    /** A surface whose errors say what OpenAI's codes say. */
    public OpenAiResponsesSurface() {
        this(UpstreamErrors::classify);
    }

    public OpenAiResponsesSurface(Errors errors) {
        this.errors = errors;
    }

    @Override
    public String protocol() {
        return OpenAiResponsesProtocol.NAME;
    }

    @Override
    public @Nullable UpstreamBody passthrough(Envelope envelope, Target target) {
        return OpenAiResponsesPassthrough.patch(envelope, target);
    }

    @Override
    public UpstreamBody encode(ChatRequest request, Target target) {
        return OpenAiResponsesRequestEncoder.encode(request, target);
    }

    @Override
    public StreamDecoder streamDecoder(Target target) {
        return new OpenAiResponsesStreamDecoder(errors);
    }

    @Override
    public ChatResponse decode(byte[] body, Target target) {
        return OpenAiResponsesResponseDecoder.decode(body, errors);
    }

    @Override
    public PassthroughStream passthroughStream(Reply reply, Target target) {
        return new OpenAiResponsesPassthroughStream(reply, errors);
    }

    @Override
    public PassthroughAnswer passthroughAnswer(byte[] body, Reply reply, Target target) {
        return OpenAiResponsesPassthroughAnswer.of(body, reply, errors);
    }
}
