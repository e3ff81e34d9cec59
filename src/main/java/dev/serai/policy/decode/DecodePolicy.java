package dev.serai.policy.decode;

import dev.serai.call.Call;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.Protocols;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Reads the body and its top level in the protocol that the inbound route names in the exchange property
 * {@code protocol}. The canonical form is made only when a later step needs it.
 */
@Component("decode")
final class DecodePolicy implements Processor {

    private final Protocols protocols;

    DecodePolicy(Protocols protocols) {
        this.protocols = protocols;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        call.decode(spoken(call).read(call.client().readBody(), call.client()));
        if (call.streaming()) {
            call.client().expectStream(call.streamType(), call.headers());
        }
    }

    private static Protocol spoken(Call call) {
        var protocol = call.protocol();
        if (protocol == null) {
            throw new IllegalStateException("the step 'speak' has not run");
        }
        return protocol;
    }

    /** Reads a request for media, which may be a form. */
    @Component("decodeMedia")
    static final class DecodeMedia implements Processor {

        @Override
        public void process(Exchange exchange) {
            var call = Call.of(exchange);
            call.decode(spoken(call).read(call.client().readFormOrBody(), call.client()));
        }
    }

    /** Reads a request to count tokens, which may lack what only an answer needs. */
    @Component("decodeCount")
    static final class DecodeCount implements Processor {

        @Override
        public void process(Exchange exchange) {
            var call = Call.of(exchange);
            call.decode(spoken(call).readCount(call.client().readBody(), call.client()));
        }
    }

    /** The first step of an inbound route: from here on, errors are told in the caller's protocol. */
    @Component("speak")
    static final class Speak implements Processor {

        private final Protocols protocols;

        Speak(Protocols protocols) {
            this.protocols = protocols;
        }

        @Override
        public void process(Exchange exchange) {
            Call.of(exchange).speak(protocols.named(exchange.getProperty("protocol", String.class)));
        }
    }
}
