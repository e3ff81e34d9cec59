package dev.serai.models;

import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.RoutesConfigStore;
import dev.serai.tenant.ApiKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of the model routes. A key sees the models that it may use and no others, in the shape its client reads. */
@Configuration(proxyBeanMethods = false)
class ModelSteps {

    private final RoutesConfigStore routes;
    private final Instant created;

    ModelSteps(RoutesConfigStore routes, Clock clock) {
        this.routes = routes;
        this.created = clock.instant();
    }

    @Bean
    Processor listModels() {
        return exchange -> {
            var call = Call.of(exchange);
            var shape = ModelShape.meantBy(call.client());
            exchange.getMessage().setBody(shape.list(open(call.key()), call.client(), created));
        };
    }

    @Bean
    Processor showModel() {
        return exchange -> {
            var call = Call.of(exchange);
            String name = call.client().pathVariables().getOrDefault("id", "");
            var entry = open(call.key()).stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(name));
            exchange.getMessage().setBody(ModelShape.meantBy(call.client()).card(entry, created));
        };
    }

    private List<ModelEntry> open(ApiKey key) {
        return routes.current().models().stream()
                .filter(entry -> key.mayUse(entry.name()))
                .toList();
    }

    private static Refusal unknown(String name) {
        String shown = name.length() <= 128 ? name : name.substring(0, 128) + "…";
        return new Refusal(new Failure(
                Kind.MODEL_NOT_FOUND,
                FailureClass.CLIENT,
                "Model " + shown + " does not exist or is not open to this key.",
                "model",
                null));
    }
}
