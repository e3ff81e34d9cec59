package dev.serai.inbound;

import dev.serai.call.Call;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.support.DefaultConsumer;

/** Runs one route for each request of its path, on the thread that the request came on. */
final class GatewayConsumer extends DefaultConsumer implements PlatformHttpConsumer, Suspendable {

    private final RouteTable table;
    private final Set<String> methods;
    private final Responder responder;

    GatewayConsumer(
            PlatformHttpEndpoint endpoint,
            Processor processor,
            RouteTable table,
            Set<String> methods,
            Responder responder) {
        super(endpoint, processor);
        this.table = table;
        this.methods = methods;
        this.responder = responder;
    }

    @Override
    public PlatformHttpEndpoint getEndpoint() {
        return (PlatformHttpEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        table.add(new RouteTable.Entry(PathTemplate.of(rooted(getEndpoint().getPath())), methods, this));
    }

    @Override
    protected void doStop() throws Exception {
        table.remove(this);
        super.doStop();
    }

    /** The REST DSL writes paths without their first slash. */
    private static String rooted(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    /** Serves the call to its last byte; throws nothing that a caller could have caused. */
    void serve(Call call, ServletClient client) {
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        exchange.setProperty(Call.PROPERTY, call);
        try {
            createUoW(exchange);
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        try {
            responder.respond(call, client, exchange);
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }
}
