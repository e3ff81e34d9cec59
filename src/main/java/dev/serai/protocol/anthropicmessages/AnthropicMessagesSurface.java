package dev.serai.protocol.anthropicmessages;

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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Upstreams that speak Anthropic Messages, each in its {@link AnthropicMessagesDialect}. */
public final class AnthropicMessagesSurface implements Surface {

    private static final ToolRules TOOLS = new ToolRules(Pattern.compile("[a-zA-Z0-9_-]+"), 128, false);

    private final AnthropicMessagesDialect dialect;

    /** The surface of Anthropic itself and of servers that follow it. */
    public AnthropicMessagesSurface() {
        this(AnthropicMessagesDialect.GENERIC);
    }

    public AnthropicMessagesSurface(AnthropicMessagesDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public String protocol() {
        return AnthropicMessagesProtocol.NAME;
    }

    @Override
    public ToolRules toolRules() {
        return TOOLS;
    }

    @Override
    public @Nullable UpstreamBody passthrough(Envelope envelope, Target target) {
        return AnthropicMessagesPassthrough.patch(envelope, target, dialect);
    }

    @Override
    public UpstreamBody encode(ChatRequest request, Target target) {
        return AnthropicMessagesRequestEncoder.encode(request, target, dialect);
    }

    @Override
    public StreamDecoder streamDecoder(Target target) {
        return new AnthropicMessagesStreamDecoder(dialect);
    }

    @Override
    public ChatResponse decode(byte[] body, Target target) {
        return AnthropicMessagesResponseDecoder.decode(body, dialect);
    }

    @Override
    public PassthroughStream passthroughStream(Reply reply, Target target) {
        return new AnthropicMessagesPassthroughStream(reply, dialect);
    }

    @Override
    public PassthroughAnswer passthroughAnswer(byte[] body, Reply reply, Target target) {
        return AnthropicMessagesPassthroughAnswer.of(body, reply, dialect);
    }
}
