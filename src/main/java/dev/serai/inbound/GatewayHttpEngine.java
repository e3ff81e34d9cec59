package dev.serai.inbound;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code platform-http:} endpoints from {@link GatewayServlet}. Unlike the stock engine it puts nothing of the
 * request on the message: no header, no query parameter; a route reads them from the {@link dev.serai.call.Call}.
 */
public final class GatewayHttpEngine implements PlatformHttpEngine {

    private final int port;
    private final RouteTable table;
    private final Responder responder;

    GatewayHttpEngine(int port, RouteTable table, Responder responder) {
        this.port = port;
        this.table = table;
        this.responder = responder;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new GatewayConsumer(endpoint, processor, table, methods(endpoint.getHttpMethodRestrict()), responder);
    }

    private static Set<String> methods(@Nullable String restrict) {
        if (restrict == null || restrict.isBlank()) {
            throw new IllegalArgumentException("a platform-http endpoint must name its methods: httpMethodRestrict");
        }
        var methods = new TreeSet<String>();
        Arrays.stream(restrict.split(",")).map(String::trim).forEach(methods::add);
        return methods;
    }

    @Override
    public int getServerPort() {
        return port;
    }
}
