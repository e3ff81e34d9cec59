package dev.serai.provider.zaiweb;

import dev.serai.call.Call;
import dev.serai.message.Refusal;
import dev.serai.provider.Access;
import dev.serai.upstream.UpstreamExchange;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The last step of the route {@code provider.zai-web}: the answer, after at most one more request for each thing that could
 * be mended.
 */
final class ZaiWebAnswer implements Processor {

    private final Processor answer;
    private final UpstreamExchange upstream;

    /** @param answer turns an answer into the call's */
    ZaiWebAnswer(Processor answer, UpstreamExchange upstream) {
        this.answer = answer;
        this.upstream = upstream;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        if (!(Access.of(exchange) instanceof ZaiAttempt attempt)) {
            throw new IllegalStateException("the request step of zai-web has not run");
        }
        try {
            while (!answered(exchange, attempt)) {
                exchange.getMessage().setBody(upstream.send(Call.of(exchange), attempt.request()));
            }
        } catch (Refusal refused) {
            attempt.failed(refused.failure());
            throw refused;
        }
        attempt.succeeded();
    }

    /** @return false when the upstream refused and something was mended */
    private boolean answered(Exchange exchange, ZaiAttempt attempt) throws Exception {
        try {
            answer.process(exchange);
            return true;
        } catch (Refusal refused) {
            if (!attempt.mends(refused.failure())) {
                throw refused;
            }
            return false;
        }
    }
}
