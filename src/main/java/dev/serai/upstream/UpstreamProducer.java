package dev.serai.upstream;

import dev.serai.call.Call;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** One exchange with an upstream: the message's request in, its answer out. */
final class UpstreamProducer extends DefaultProducer {

    private final UpstreamExchange upstream;

    UpstreamProducer(Endpoint endpoint, UpstreamExchange upstream) {
        super(endpoint);
        this.upstream = upstream;
    }

    @Override
    public void process(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof UpstreamRequest request)) {
            throw new IllegalStateException("upstream: needs an UpstreamRequest");
        }
        exchange.getMessage().setBody(upstream.send(Call.of(exchange), request));
    }
}
