package dev.serai.observe;

import dev.serai.call.Call;
import dev.serai.call.CallListener;
import dev.serai.call.Outcome;
import dev.serai.message.Cost;
import dev.serai.usage.UsageEvent;
import dev.serai.usage.UsageJournal;
import dev.serai.usage.UsageWriter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One usage event for every call of a known key, whatever its end; at once where the key's limits wait for it. */
public final class UsageEvents implements CallListener {

    private final UsageJournal journal;
    private final UsageWriter writer;

    public UsageEvents(UsageJournal journal, UsageWriter writer) {
        this.journal = journal;
        this.writer = writer;
    }

    @Override
    public void finished(Call call, Outcome outcome) {
        var protocol = call.protocol();
        if (protocol == null || !call.identified()) {
            return;
        }
        var attempt = call.attempt();
        var provider = attempt == null ? null : attempt.candidate().provider();
        journal.append(new UsageEvent(
                call.uid(),
                call.arrived(),
                call.key().id(),
                call.key().name(),
                protocol.name(),
                call.resolved() ? call.entry().name() : "",
                provider == null ? null : provider.kind(),
                provider == null ? null : provider.model(),
                outcome.status(),
                outcome.result().word(),
                call.streaming(),
                outcome.usage(),
                call.attempts(),
                TimeUnit.NANOSECONDS.toMillis(call.nanos() - call.startNanos()),
                call.firstContentNanos() < 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(call.firstContentNanos()),
                TimeUnit.NANOSECONDS.toMillis(call.upstreamNanos()),
                cost(call, outcome)));
        if (call.attempts() > 0 && !call.key().limits().isEmpty()) {
            writer.soon();
        }
    }

    private static @Nullable Cost cost(Call call, Outcome outcome) {
        var pricing = call.resolved() ? call.entry().pricing() : null;
        return pricing == null ? null : pricing.costOf(outcome.usage());
    }
}
