package dev.serai.wires;

import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.Reply;
import dev.serai.protocol.RequestHead;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.testkit.FakeHead;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One wire from both sides.
 *
 * @param protocol towards callers
 * @param surface towards upstreams; of the same protocol
 * @param model a model that an upstream of this wire has
 * @param path where a request goes, for a whole answer
 * @param streamPath where it goes for a stream
 * @param sample a small request that asks for everything an answer can hold
 */
public record Wire(Protocol protocol, Surface surface, String model, String path, String streamPath, String sample) {

    public String name() {
        return protocol.name();
    }

    /** Where a request of this wire is sent. */
    public Target target(boolean stream) {
        return new Target(model, stream, null, Json.object(), null, false);
    }

    /** The head of a request for this wire's own model. */
    public RequestHead head(boolean stream) {
        return new FakeHead(
                (stream ? streamPath : path).replace("{model}", model),
                Map.of("model", model),
                Map.of(),
                stream ? Map.of("alt", "sse") : Map.of());
    }

    /** Reads what an encoder wrote, as the far side would. @throws dev.serai.message.Refusal when it cannot be read */
    public ChatRequest decode(byte[] body, boolean stream) {
        return protocol.decode(protocol.read(body, head(stream)));
    }

    /** A reply to a caller who asked for everything. */
    public Reply reply(boolean stream) {
        byte[] body = sample.getBytes(StandardCharsets.UTF_8);
        Envelope envelope = protocol.read(body, head(stream));
        return new Reply("req_sample", "public-model", stream, true, envelope.traits(), protocol.echo(envelope));
    }

    @Override
    public String toString() {
        return name();
    }
}
