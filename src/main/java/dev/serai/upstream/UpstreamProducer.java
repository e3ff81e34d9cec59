package dev.serai.upstream;

import dev.serai.call.Call;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** The {@link UpstreamExchange} as a step of a route. */
final class UpstreamProducer extends DefaultProducer {

    private final UpstreamExchange upstream;

    UpstreamProducer(Endpoint endpoint, UpstreamClient client) {
        super(endpoint);
        this.upstream = new UpstreamExchange(client);
    }

    @Override
    public void process(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof UpstreamRequest request)) {
            throw new IllegalStateException("upstream: needs an UpstreamRequest");
        }
        exchange.getMessage().setBody(upstream.send(Call.of(exchange), request));
    }
}
