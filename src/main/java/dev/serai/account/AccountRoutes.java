package dev.serai.account;

import org.apache.camel.builder.RouteBuilder;

/** The upkeep of accounts. */
final class AccountRoutes extends RouteBuilder {

    private final AccountUpkeep upkeep;

    AccountRoutes(AccountUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public void configure() {
        long period = Math.max(50, upkeep.period().toMillis());
        from("timer:account-upkeep?period=" + period + "&delay=" + period)
                .routeId("account.upkeep")
                .routeDescription("Renews tokens ahead of their end, checks dead accounts, writes down uses")
                .process(exchange -> upkeep.run());
    }
}
