package dev.serai.protocol.openaichat;

import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
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

/** Upstreams that speak Chat Completions, each in its {@link OpenAiChatDialect}. */
public final class OpenAiChatSurface implements Surface {

    private final OpenAiChatDialect dialect;

    /** The surface of OpenAI itself and of servers that follow it. */
    public OpenAiChatSurface() {
        this(OpenAiChatDialect.GENERIC);
    }

    public OpenAiChatSurface(OpenAiChatDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public String protocol() {
        return OpenAiChatProtocol.NAME;
    }

    @Override
    public @Nullable UpstreamBody passthrough(Envelope envelope, Target target) {
        return OpenAiChatPassthrough.patch(envelope, target, dialect);
    }

    @Override
    public ToolRules toolRules() {
        return dialect.takesFreeTextTools() ? ToolRules.OPENAI : ToolRules.OPENAI.withoutFreeText();
    }

    @Override
    public UpstreamBody encode(ChatRequest request, Target target) {
        return OpenAiChatRequestEncoder.encode(request, target, dialect);
    }

    @Override
    public StreamDecoder streamDecoder(Target target) {
        return new OpenAiChatStreamDecoder(dialect);
    }

    @Override
    public ChatResponse decode(byte[] body, Target target) {
        return OpenAiChatResponseDecoder.decode(body, dialect);
    }

    @Override
    public PassthroughStream passthroughStream(Reply reply, Target target) {
        return new OpenAiChatPassthroughStream(reply, dialect);
    }

    @Override
    public PassthroughAnswer passthroughAnswer(byte[] body, Reply reply, Target target) {
        return OpenAiChatPassthroughAnswer.of(body, reply, dialect);
    }
}
