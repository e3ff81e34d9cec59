package dev.serai.inbound;

import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Turns what a route threw into the call's answer. A {@link Refusal} says what the caller may know; anything else is a
 * bug: logged with the call's id, answered with a fixed sentence.
 */
@Component("renderFailure")
final class RenderFailure implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(RenderFailure.class);
    private static final Failure BUG = Failure.of(Kind.INTERNAL, FailureClass.GATEWAY, "Internal error.");

    private final FailureAnswers failures;

    RenderFailure(FailureAnswers failures) {
        this.failures = failures;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        var thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (thrown instanceof Refusal refusal) {
            call.answer(failures.answer(call, refusal.failure()));
        } else {
            LOG.error("Call {} failed", call.id(), thrown);
            call.answer(failures.answer(call, BUG));
        }
    }
}
