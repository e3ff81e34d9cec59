package dev.serai.provider.camel;

import dev.serai.call.Call;
import dev.serai.provider.Access;
import dev.serai.provider.LaneChoice;
import dev.serai.provider.Provider;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The contract of {@code provider: camel}, first half: the route that the entry's {@code endpoint} names gets an OpenAI
 * Chat Completions request as a {@code byte[]} body, and no headers.
 */
public final class CamelRequest implements Processor {

    private final Provider wire;

    /** @param wire the provider whose wire the route speaks */
    public CamelRequest(Provider wire) {
        this.wire = wire;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        var access = wire.access(call);
        exchange.setProperty(Access.PROPERTY, access);
        exchange.getMessage().setBody(LaneChoice.body(access.surface(), call));
        exchange.setProperty("route", call.running().candidate().provider().baseUrl());
    }
}
