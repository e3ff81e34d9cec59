package dev.serai.provider.zaiweb;

import dev.serai.call.Call;
import dev.serai.message.Refusal;
import dev.serai.provider.Access;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The first step of the route {@code provider.zai-web}: finds a session and makes the request. */
final class ZaiWebRequest implements Processor {

    private final ZaiWeb web;

    ZaiWebRequest(ZaiWeb web) {
        this.web = web;
    }

    @Override
    public void process(Exchange exchange) {
        var attempt = web.attempt(Call.of(exchange));
        exchange.setProperty(Access.PROPERTY, attempt);
        try {
            exchange.getMessage().setBody(attempt.request());
        } catch (Refusal refused) {
            attempt.failed(refused.failure());
            throw refused;
        }
    }
}
