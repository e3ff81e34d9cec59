package dev.serai.policy.admission;

import dev.serai.call.Call;
import dev.serai.inbound.DoorProperties;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.usage.UsageJournal;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Refuses calls past what the heap can hold, and calls whose usage could not be kept, before they cost anything: a gateway
 * without such a limit does not shed load, it dies whole.
 */
@Component("admission")
final class AdmissionPolicy implements Processor {

    private final Semaphore permits;
    private final UsageJournal journal;

    AdmissionPolicy(DoorProperties door, UsageJournal journal, MeterRegistry metrics) {
        this.permits = new Semaphore(door.effectiveMaxStreams());
        this.journal = journal;
        metrics.gauge("serai.calls.free", permits, Semaphore::availablePermits);
    }

    @Override
    public void process(Exchange exchange) {
        if (!journal.hasRoom()) {
            throw overloaded("The gateway cannot account for further calls right now.", Duration.ofSeconds(5));
        }
        if (!permits.tryAcquire()) {
            throw overloaded("The gateway serves as many calls as it can hold.", Duration.ofSeconds(1));
        }
        Call.of(exchange).atEnd(permits::release);
    }

    private static Refusal overloaded(String message, Duration wait) {
        return new Refusal(
                Failure.of(Kind.OVERLOADED, FailureClass.GATEWAY, message).withRetryAfter(wait));
    }
}
