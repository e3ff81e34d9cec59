package dev.serai.quota;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The upkeep of reservations. */
@Component
final class QuotaRoutes extends RouteBuilder {

    private final Upkeep upkeep;

    QuotaRoutes(Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public void configure() {
        from("timer:quota-renew?period=15000&delay=15000")
                .routeId("quota.renew")
                .routeDescription("Moves on the deadlines of reservations whose calls still run here")
                .process(exchange -> upkeep.renew());
        from("timer:quota-sweep?period=15000&delay=5000")
                .routeId("quota.sweep")
                .routeDescription("Closes the reservations of gateways that are gone, and charges their input")
                .process(exchange -> upkeep.sweep());
    }
}
