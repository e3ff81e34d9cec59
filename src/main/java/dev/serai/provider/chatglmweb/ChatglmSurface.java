package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.io.IOException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The service's own wire. One per attempt, for how an answer reads depends on what its turn has asked. */
final class ChatglmSurface implements Surface {

    static final String PROTOCOL = "chatglm-web";

    /** Tools are described in text, so their names may be anything. */
    private static final ToolRules TOOLS = new ToolRules(Pattern.compile(".+", Pattern.DOTALL), 1024, false);

    private final Turn turn;
    private final FrameStyle style;
    private final Function<JsonNode, Failure> errors;

    ChatglmSurface(Turn turn, FrameStyle style, Function<JsonNode, Failure> errors) {
        this.turn = turn;
        this.style = style;
        this.errors = errors;
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public ToolRules toolRules() {
        return TOOLS;
    }

    @Override
    public @Nullable UpstreamBody passthrough(Envelope envelope, Target target) {
        return null;
    }

    @Override
    public UpstreamBody encode(ChatRequest request, Target target) {
        return TurnBody.encode(request, target, turn);
    }

    @Override
    public StreamDecoder streamDecoder(Target target) {
        return new FramesDecoder(turn, style, false, errors);
    }

    @Override
    public StreamDecoder wholeDecoder(Target target) {
        return new FramesDecoder(turn, style, true, errors);
    }

    /** What is not an event stream is a refusal, whatever its status says. */
    @Override
    public ChatResponse decode(byte[] body, Target target) {
        try {
            throw new Refusal(errors.apply(Json.tree(body, 0, body.length)));
        } catch (IOException notJson) {
            throw new Refusal(ChatglmFailures.failure(Fault.FAILED));
        }
    }

    @Override
    public PassthroughStream passthroughStream(Reply reply, Target target) {
        throw new IllegalStateException("nothing passes through to chatglm-web");
    }

    @Override
    public PassthroughAnswer passthroughAnswer(byte[] body, Reply reply, Target target) {
        throw new IllegalStateException("nothing passes through to chatglm-web");
    }
}
