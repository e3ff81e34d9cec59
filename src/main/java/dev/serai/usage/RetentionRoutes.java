package dev.serai.usage;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Deletes usage whose time is over, in chunks, one replica at a time. A database that is away can wait. */
@Component
final class RetentionRoutes extends RouteBuilder {

    static final int CHUNK = 2_000;

    private static final Logger log = LoggerFactory.getLogger(RetentionRoutes.class);
    /** The ledger looks back for 25 hours at most. */
    private static final Duration KEEP_BUCKETS = Duration.ofHours(26);

    private static final String DATABASE = "jdbc:dataSource?useHeadersAsParameters=true&outputType=SelectOne";

    private final UsageProperties properties;

    RetentionRoutes(UsageProperties properties) {
        this.properties = properties;
    }

    @Override
    public void configure() {
        onException(Exception.class).handled(true).process(RetentionRoutes::tell);
        retention("usage.forget-events", "events", "forget_usage_events", properties.keepEvents());
        retention("usage.forget-minutes", "statistics", "forget_usage_minutes", properties.keepMinutes());
        retention("usage.forget-buckets", "minutes of the rolling windows", "forget_quota_buckets", KEEP_BUCKETS);
    }

    private void retention(String id, String what, String function, Duration keep) {
        String statement = "select " + function + "(:?seconds, :?most)";
        from("timer:" + id + "?period=60000&delay=20000")
                .routeId(id)
                .routeDescription("Deletes " + what + " whose time is over, once a minute, in chunks")
                .setBody(constant(CHUNK))
                .loopDoWhile(body().isEqualTo(CHUNK))
                .setHeader("seconds", constant(keep.toSeconds()))
                .setHeader("most", constant(CHUNK))
                .setBody(constant(statement))
                .to(DATABASE)
                .end();
    }

    private static void tell(Exchange exchange) {
        var cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        log.warn(
                "{} did not run: {}",
                exchange.getFromRouteId(),
                cause.getClass().getSimpleName());
    }
}
