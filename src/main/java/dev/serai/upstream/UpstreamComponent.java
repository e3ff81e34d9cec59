package dev.serai.upstream;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * The Camel component {@code upstream:<name>}: takes an {@link UpstreamRequest}, leaves an {@link UpstreamResponse} whose
 * body is still coming. Where it goes stands in the request, never in the URI or a header; the name is for people.
 */
public final class UpstreamComponent extends DefaultComponent {

    private final UpstreamExchange upstream;

    public UpstreamComponent(UpstreamExchange upstream) {
        this.upstream = upstream;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new UpstreamEndpoint(uri, this);
    }

    /** The only endpoint form; has no options. */
    private static final class UpstreamEndpoint extends DefaultEndpoint {

        private final UpstreamExchange upstream;

        UpstreamEndpoint(String uri, UpstreamComponent component) {
            super(uri, component);
            this.upstream = component.upstream;
        }

        @Override
        public Producer createProducer() {
            return new UpstreamProducer(this, upstream);
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("upstream: can only be sent to");
        }

        @Override
        protected String createEndpointUri() {
            return "upstream";
        }
    }
}
