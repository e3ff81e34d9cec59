package dev.serai.provider.camel;

import dev.serai.upstream.UpstreamResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The contract of {@code provider: camel}, second half: the route leaves a chat completion as {@code byte[]} or
 * {@code String}, or a stream of chat completion chunks as an {@code InputStream} of server-sent events.
 */
public final class CamelAnswer implements Processor {

    private final Processor next;

    public CamelAnswer(Processor next) {
        this.next = next;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        exchange.getMessage().setBody(response(exchange.getMessage().getBody()));
        next.process(exchange);
    }

    private static UpstreamResponse response(Object body) {
        return switch (body) {
            case UpstreamResponse made -> made;
            case byte[] json -> UpstreamResponse.local("application/json", new ByteArrayInputStream(json));
            case String json ->
                UpstreamResponse.local(
                        "application/json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
            case InputStream events -> UpstreamResponse.local("text/event-stream", events);
            case null -> throw new IllegalStateException("the route left no body");
            default ->
                throw new IllegalStateException(
                        "the route left a body of type " + body.getClass().getName());
        };
    }
}
