package dev.serai.usage;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How usage gets on from the journal to the database. */
@Component
final class UsageMetrics implements MeterBinder {

    private final UsageJournal journal;
    private final UsageWriter writer;
    private final Clock clock;

    UsageMetrics(UsageJournal journal, UsageWriter writer, Clock clock) {
        this.journal = journal;
        this.writer = writer;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("serai.journal.size", journal, UsageJournal::waitingBytes)
                .description("Usage that waits on disk for the database")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("serai.journal.age", this, UsageMetrics::age)
                .description("How long the oldest of it has waited")
                .baseUnit("seconds")
                .register(registry);
        FunctionCounter.builder("serai.usage.settled", writer, UsageWriter::settled)
                .description("Calls whose usage is in the database")
                .register(registry);
        FunctionCounter.builder("serai.usage.lost", journal, UsageJournal::lost)
                .description("Calls whose usage could not be kept")
                .register(registry);
    }

    private double age() {
        return journal.waitingSince()
                .map(since -> Duration.between(since, clock.instant()))
                .map(age -> Math.max(0, age.toMillis() / 1000.0))
                .orElse(0.0);
    }
}
