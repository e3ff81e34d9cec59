package dev.serai.protocol.gemini;

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

/** Upstreams that speak generateContent. Streams are always asked for as server-sent events. */
public final class GeminiSurface implements Surface {

    private static final ToolRules TOOLS = new ToolRules(Pattern.compile("[A-Za-z_][A-Za-z0-9_.:-]*"), 64, false);

    private final UpstreamErrors errors;
    private final boolean jsonSchemas;

    /**
     * @param errors what an error inside of a 200 means
     * @param jsonSchemas the upstream's version of the API takes JSON schemas, and not only its own dialect
     */
    public GeminiSurface(UpstreamErrors errors, boolean jsonSchemas) {
        this.errors = errors;
        this.jsonSchemas = jsonSchemas;
    }

    @Override
    public String protocol() {
        return GeminiProtocol.NAME;
    }

    @Override
    public @Nullable UpstreamBody passthrough(Envelope envelope, Target target) {
        return GeminiPassthrough.patch(envelope, target);
    }

    @Override
    public ToolRules toolRules() {
        return TOOLS;
    }

    @Override
    public UpstreamBody encode(ChatRequest request, Target target) {
        return GeminiRequestEncoder.encode(request, target, jsonSchemas);
    }

    @Override
    public StreamDecoder streamDecoder(Target target) {
        return new GeminiStreamDecoder(errors);
    }

    @Override
    public ChatResponse decode(byte[] body, Target target) {
        return GeminiResponseDecoder.decode(body, errors);
    }

    @Override
    public PassthroughStream passthroughStream(Reply reply, Target target) {
        return new GeminiPassthroughStream(reply, errors);
    }

    @Override
    public PassthroughAnswer passthroughAnswer(byte[] body, Reply reply, Target target) {
        return GeminiPassthroughAnswer.of(body, reply, errors);
    }
}
