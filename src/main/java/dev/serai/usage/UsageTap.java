package dev.serai.usage;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Hands events that are in the database to the route {@code direct:usage-event}, if an operator has put one in. Each
 * event is handed over once at most; a slow route misses some rather than holding the gateway up.
 */
@Component
final class UsageTap implements Consumer<List<UsageEvent>>, AutoCloseable {

    static final String ENDPOINT = "direct:usage-event";

    private static final Logger log = LoggerFactory.getLogger(UsageTap.class);
    private static final String ENDPOINT_URI = "direct://usage-event";
    private static final int MOST_WAITING = 64;

    private final CamelContext camel;
    private final ThreadPoolExecutor worker;

    UsageTap(CamelContext camel) {
        this.camel = camel;
        this.worker = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name("usage-tap").daemon().factory(),
                (task, pool) -> log.warn("{} is too slow; events are left out", ENDPOINT));
    }

    @Override
    public void accept(List<UsageEvent> events) {
        if (!events.isEmpty() && isThere()) {
            worker.execute(() -> send(events));
        }
    }

    private boolean isThere() {
        return camel.isStarted()
                && camel.getRoutes().stream()
                        .anyMatch(route -> route.getEndpoint().getEndpointUri().equals(ENDPOINT_URI));
    }

    private void send(List<UsageEvent> events) {
        try (var producer = camel.createProducerTemplate()) {
            producer.sendBody(ENDPOINT, events);
        } catch (CamelExecutionException e) {
            log.warn(
                    "{} failed for {} events: {}",
                    ENDPOINT,
                    events.size(),
                    e.getClass().getSimpleName());
        } catch (Exception e) {
            log.warn("{} cannot be reached for {} events", ENDPOINT, events.size());
        }
    }

    @Override
    public void close() {
        worker.shutdown();
    }
}
