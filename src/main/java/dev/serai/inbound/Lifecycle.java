package dev.serai.inbound;

import dev.serai.call.CallWatch;
import dev.serai.call.PeriodicTask;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Whether the gateway takes calls, and the clockwork of its watch. On a stop, readiness goes first, running answers have
 * the drain time to end by themselves, and what is left then is ended with an error event.
 */
@Component
class Lifecycle implements SmartLifecycle {

    private final ObjectProvider<CamelContext> camel;
    private final ApplicationAvailability availability;
    private final CallWatch watch;
    private final List<PeriodicTask> tasks;
    private final Duration drain;
    private volatile boolean running;
    private volatile boolean draining;

    Lifecycle(
            ObjectProvider<CamelContext> camel,
            ApplicationAvailability availability,
            CallWatch watch,
            List<PeriodicTask> tasks,
            @Value("${spring.lifecycle.timeout-per-shutdown-phase}") Duration drain) {
        this.camel = camel;
        this.availability = availability;
        this.watch = watch;
        this.tasks = List.copyOf(tasks);
        this.drain = drain;
    }

    /** Routes are up, and no stop has been asked for. */
    boolean serving() {
        return running && camel.getObject().getStatus().isStarted() && !draining;
    }

    /** What readiness says. */
    boolean ready() {
        return serving() && availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    }

    @EventListener
    void closing(ContextClosedEvent event) {
        draining = true;
        watch.drainWithin(drain.minusSeconds(2).isPositive() ? drain.minusSeconds(2) : drain);
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().daemon().name("call-watch").start(this::tick);
    }

    private void tick() {
        try {
            while (running) {
                Thread.sleep(CallWatch.PERIOD);
                watch.pass();
                tasks.forEach(PeriodicTask::run);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts before the web server and stops after it, so that draining calls are still watched. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }
}
