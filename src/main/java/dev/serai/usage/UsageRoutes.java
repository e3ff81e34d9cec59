package dev.serai.usage;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The rhythm in which usage reaches the database. */
@Component
final class UsageRoutes extends RouteBuilder {

    private final UsageWriter writer;

    UsageRoutes(UsageWriter writer) {
        this.writer = writer;
    }

    @Override
    public void configure() {
        from("timer:usage-flush?period=1000")
                .routeId("usage.flush")
                .routeDescription("Writes the usage of finished calls from the journal to the database, once a second")
                .process(exchange -> writer.flush());
    }
}
