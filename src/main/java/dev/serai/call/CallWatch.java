package dev.serai.call;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after all running calls from one timer: breaks off attempts whose upstream stays silent too long, notices callers
 * that left while nothing is written to them, and sends heartbeats. One pass costs microseconds per hundred calls; it
 * never blocks: what may block is handed to a virtual thread.
 */
public final class CallWatch {

    /** How often {@link #pass()} is meant to run; every limit is kept to this exactness. */
    public static final Duration PERIOD = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(CallWatch.class);

    private static final Failure STOPPING =
            Failure.of(Kind.OVERLOADED, FailureClass.GATEWAY, "The gateway is stopping.");

    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanos;
    private final long lookNanos;
    private final long heartbeatNanos;
    private volatile long drainNanos;
    private volatile boolean draining;

    /**
     * @param look how long a caller is left alone before its connection is looked at
     * @param heartbeat how long a stream stays silent before a comment is sent
     */
    public CallWatch(LongSupplier nanos, Duration look, Duration heartbeat) {
        this.nanos = nanos;
        this.lookNanos = look.toNanos();
        this.heartbeatNanos = heartbeat.toNanos();
    }

    public void add(Call call) {
        calls.add(call);
    }

    public void remove(Call call) {
        calls.remove(call);
    }

    /** How many calls are running. */
    public int running() {
        return calls.size();
    }

    /** The gateway stops: what still runs after {@code time} is broken off with an error of the caller's protocol. */
    public void drainWithin(Duration time) {
        drainNanos = nanos.getAsLong() + time.toNanos();
        draining = true;
    }

    /** Looks at every running call once. */
    public void pass() {
        long now = nanos.getAsLong();
        if (draining && now - drainNanos > 0) {
            calls.forEach(call -> call.stop(STOPPING));
        }
        for (var call : calls) {
            try {
                look(call, now);
            } catch (RuntimeException bug) {
                LOG.error("Watching call {} failed", call.id(), bug);
            }
        }
    }

    private void look(Call call, long now) {
        var attempt = call.attempt();
        if (attempt != null) {
            attempt.check(now, call.deadlineNanos());
        }
        call.check(now);
        long silent = now - call.client().lastWriteNanos();
        if (silent >= lookNanos && !call.clientGone() && call.client().gone()) {
            call.clientLeft();
        } else if (silent >= heartbeatNanos && call.streaming() && attempt != null && !call.clientGone()) {
            Thread.startVirtualThread(() -> call.client().heartbeat(call.heartbeat()));
        }
    }
}
