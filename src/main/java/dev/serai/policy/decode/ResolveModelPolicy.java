package dev.serai.policy.decode;

import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.routing.config.RoutesConfigStore;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Finds the ROUTES_CONFIG entry of the model asked for, or of the model that the key is bound to. */
@Component("resolveModel")
final class ResolveModelPolicy implements Processor {

    private final RoutesConfigStore routes;

    ResolveModelPolicy(RoutesConfigStore routes) {
        this.routes = routes;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        String forced = call.key().forcedModel();
        String name = forced != null ? forced : call.envelope().model();
        var entry = routes.current().resolve(name);
        call.resolve(entry.orElseThrow(() -> new Refusal(new Failure(
                Kind.MODEL_NOT_FOUND,
                FailureClass.CLIENT,
                "Model " + shown(name) + " does not exist or is not open to this key.",
                "model",
                null))));
    }

    private static String shown(String name) {
        return name.length() <= 128 ? name : name.substring(0, 128) + "…";
    }
}
