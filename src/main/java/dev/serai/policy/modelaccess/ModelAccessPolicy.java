package dev.serai.policy.modelaccess;

import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Refuses a model that the caller's key may not use. */
@Component("modelAccess")
final class ModelAccessPolicy implements Processor {

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        String model = call.entry().name();
        if (!call.key().mayUse(model)) {
            throw new Refusal(new Failure(
                    Kind.PERMISSION, FailureClass.CLIENT, "This key may not use model " + model + ".", "model", null));
        }
    }
}
