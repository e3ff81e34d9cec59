package dev.serai.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageRoutesTest {

    @TempDir
    Path folder;

    private final Map<UsageEvent, Boolean> stored = new ConcurrentHashMap<>();
    private final Function<List<UsageEvent>, List<UsageEvent>> database = events -> {
        events.forEach(event -> stored.put(event, true));
        return List.copyOf(events);
    };

    @Test
    void timerWritesAndTheTapOfAnOperatorIsTold() throws Exception {
        List<Object> told = new ArrayList<>();
        run(
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:usage-event").process(exchange -> {
                            synchronized (told) {
                                told.add(exchange.getMessage().getBody());
                            }
                        });
                    }
                },
                event -> await().untilAsserted(() -> {
                    synchronized (told) {
                        assertThat(told).containsExactly(List.of(event));
                    }
                }));
    }

    @Test
    void withoutATapTheTimerWrites() throws Exception {
        run(null, event -> {});
    }

    @Test
    void failingTapHarmsNothing() throws Exception {
        run(
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:usage-event").throwException(new IllegalStateException("tap"));
                    }
                },
                event -> {});
    }

    private void run(
            @org.jspecify.annotations.Nullable RouteBuilder tapped, java.util.function.Consumer<UsageEvent> then)
            throws Exception {
        try (CamelContext camel = new DefaultCamelContext();
                UsageTap tap = new UsageTap(camel);
                UsageJournal journal = new UsageJournal(folder, 1 << 20, 1 << 20)) {
            UsageWriter writer = new UsageWriter(journal, database, tap, List.of(), Clock.systemUTC());
            camel.addRoutes(new UsageRoutes(writer));
            if (tapped != null) {
                camel.addRoutes(tapped);
            }
            camel.start();
            UsageEvent event = Events.event();
            journal.append(event);
            await().untilAsserted(() -> assertThat(stored).containsOnlyKeys(event));
            await().untilAsserted(() -> assertThat(journal.seal()).isEmpty());
            then.accept(event);
            assertThat(camel.getRoute("usage.flush").getDescription()).isNotBlank();
        }
    }
}
