package dev.serai.upstream;

import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.io.IOException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One exchange with an upstream on the call's own thread. */
final class UpstreamProducer extends DefaultProducer {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamProducer.class);
    private static final Failure UNREACHABLE =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.NETWORK, "The upstream provider cannot be reached.");

    private final UpstreamClient client;

    UpstreamProducer(Endpoint endpoint, UpstreamClient client) {
        super(endpoint);
        this.client = client;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        var attempt = call.running();
        if (!(exchange.getMessage().getBody() instanceof UpstreamRequest request)) {
            throw new IllegalStateException("upstream: needs an UpstreamRequest");
        }
        long start = call.nanos();
        try {
            exchange.getMessage().setBody(client.send(request, attempt::onBreak));
        } catch (IOException | RuntimeException e) {
            throw new Refusal(reason(attempt, e));
        } finally {
            call.waited(call.nanos() - start);
        }
    }

    private Failure reason(Attempt attempt, Exception e) {
        var broken = attempt.broken();
        if (broken == null) {
            LOG.info(
                    "Upstream {} cannot be reached: {}",
                    attempt.candidate().provider().kind(),
                    e.toString());
        }
        return broken != null ? broken : UNREACHABLE;
    }
}
