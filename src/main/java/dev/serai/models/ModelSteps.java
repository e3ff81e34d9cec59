package dev.serai.models;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.RoutesConfigStore;
import dev.serai.tenant.ApiKey;
import java.time.Clock;
import java.util.List;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of the model routes. A key sees the models that it may use and no others. */
@Configuration(proxyBeanMethods = false)
class ModelSteps {

    private final RoutesConfigStore routes;
    private final long created;

    ModelSteps(RoutesConfigStore routes, Clock clock) {
        this.routes = routes;
        this.created = clock.instant().getEpochSecond();
    }

    @Bean
    Processor listModels() {
        return exchange -> {
            var list = JsonNodeFactory.instance.objectNode().put("object", "list");
            var data = list.putArray("data");
            open(Call.of(exchange).key()).forEach(entry -> data.add(card(entry)));
            exchange.getMessage().setBody(list);
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
            exchange.getMessage().setBody(card(entry));
        };
    }

    private List<ModelEntry> open(ApiKey key) {
        return routes.current().models().stream()
                .filter(entry -> key.mayUse(entry.name()))
                .toList();
    }

    private ObjectNode card(ModelEntry entry) {
        return OpenAiModelCard.of(entry, created);
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
