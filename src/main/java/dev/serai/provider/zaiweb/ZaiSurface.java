package dev.serai.provider.zaiweb;

import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.message.Refusal;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.PassthroughAnswer;
import dev.serai.protocol.PassthroughStream;
import dev.serai.protocol.Reply;
import dev.serai.protocol.StreamDecoder;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.protocol.ToolRules;
import dev.serai.protocol.UpstreamBody;
import org.jspecify.annotations.Nullable;

/** The wire of chat.z.ai, which no caller speaks and which always streams. One per request: it keeps what it encoded. */
final class ZaiSurface implements Surface {

    private final ZaiRequestEncoder encoder;
    private final ZaiFailures failures;
    private final String answerId;
    private final boolean thinkTags;
    private ZaiRequestEncoder.@Nullable Encoded encoded;

    /** @param answerId the id of the answer that is asked for */
    ZaiSurface(ZaiRequestEncoder encoder, ZaiFailures failures, String answerId, boolean thinkTags) {
        this.encoder = encoder;
        this.failures = failures;
        this.answerId = answerId;
        this.thinkTags = thinkTags;
    }

    /** What was encoded last. */
    ZaiRequestEncoder.Encoded encoded() {
        if (encoded == null) {
            throw new IllegalStateException("nothing has been encoded");
        }
        return encoded;
    }

    @Override
    public String protocol() {
        return ZaiWeb.KIND;
    }

    @Override
    public @Nullable UpstreamBody passthrough(Envelope envelope, Target target) {
        return null;
    }

    @Override
    public ToolRules toolRules() {
        return ToolRules.OPENAI.withoutFreeText();
    }

    @Override
    public UpstreamBody encode(ChatRequest request, Target target) {
        var made = encoder.encode(request, target);
        encoded = made;
        return new UpstreamBody(Json.bytes(made.body()), made.dropped());
    }

    @Override
    public StreamDecoder streamDecoder(Target target) {
        return new ZaiStreamDecoder(shape(target), failures, false);
    }

    @Override
    public StreamDecoder wholeDecoder(Target target) {
        return new ZaiStreamDecoder(shape(target), failures, true);
    }

    private AnswerShape shape(Target target) {
        return new AnswerShape(answerId, target.model(), thinkTags, encoded().tools());
    }

    /** An answer that is no stream is a failure. */
    @Override
    public ChatResponse decode(byte[] body, Target target) {
        throw new Refusal(failure(ZaiError.ofBody(body)));
    }

    private Failure failure(ZaiError error) {
        return error.equals(ZaiError.NONE) ? Sign.FAILED.failure(error, null) : failures.inStream(error);
    }

    @Override
    public PassthroughStream passthroughStream(Reply reply, Target target) {
        throw new UnsupportedOperationException("no caller speaks " + ZaiWeb.KIND);
    }

    @Override
    public PassthroughAnswer passthroughAnswer(byte[] body, Reply reply, Target target) {
        throw new UnsupportedOperationException("no caller speaks " + ZaiWeb.KIND);
    }
}
