package dev.serai.protocol.openaimedia;

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
import java.time.Instant;
import java.util.Map;

/** What the protocols for media share. Their calls are no conversations: they never reach the steps that translate those. */
abstract class MediaProtocol implements Protocol {

    @Override
    public final Envelope read(byte[] body, RequestHead head) {
        return MediaEnvelopes.read(name(), body, head);
    }

    /** Of a form the texts alone: a picture's bytes are no tokens. */
    @Override
    public final byte[] counted(Envelope envelope) {
        return MediaEnvelopes.formOf(envelope) == null
                ? envelope.body()
                : MediaMembers.of(envelope).texts();
    }

    @Override
    public final ErrorAnswer error(Failure failure, String requestId) {
        return OpenAiErrors.answer(failure, requestId);
    }

    @Override
    public final Map<String, String> limitHeaders(RateLimits limits, Instant now) {
        return OpenAiRateLimits.headers(limits);
    }

    @Override
    public final void errorEvent(Failure failure, Reply reply, ByteSink out) {
        throw noConversation();
    }

    @Override
    public final ChatRequest decode(Envelope envelope) {
        throw noConversation();
    }

    @Override
    public final byte[] encode(ChatResponse response, Reply reply) {
        throw noConversation();
    }

    @Override
    public final StreamEncoder streamEncoder(Reply reply) {
        throw noConversation();
    }

    private static IllegalStateException noConversation() {
        return new IllegalStateException("a call for media is no conversation");
    }
}
