package dev.serai.observe;

import dev.serai.call.Call;
import dev.serai.call.CallListener;
import dev.serai.call.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Calls, tokens and times by protocol, model, provider and outcome, under the names of OpenTelemetry's conventions for
 * generative AI where they have one. Labels come from the configuration, never from a caller.
 */
public final class CallMetrics implements CallListener {

    private final MeterRegistry registry;
    private final Map<Labels, Meters> meters = new ConcurrentHashMap<>();

    private record Labels(String protocol, String model, String provider, String outcome) {}

    private record Meters(
            Timer duration, Timer firstContent, Timer overhead, Counter input, Counter output, Counter attempts) {}

    public CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void finished(Call call, Outcome outcome) {
        var protocol = call.protocol();
        if (protocol == null) {
            return;
        }
        var attempt = call.attempt();
        var labels = new Labels(
                protocol.name(),
                call.resolved() ? call.entry().name() : "none",
                attempt == null ? "none" : attempt.candidate().provider().kind(),
                outcome.result().word());
        count(meters.computeIfAbsent(labels, this::register), call, outcome);
    }

    private static void count(Meters meters, Call call, Outcome outcome) {
        long total = call.nanos() - call.startNanos();
        meters.duration().record(total, TimeUnit.NANOSECONDS);
        meters.overhead().record(Math.max(0, total - call.upstreamNanos()), TimeUnit.NANOSECONDS);
        if (call.firstContentNanos() >= 0) {
            meters.firstContent().record(call.firstContentNanos(), TimeUnit.NANOSECONDS);
        }
        meters.input().increment(outcome.usage().inputTokens());
        meters.output().increment(outcome.usage().outputTokens());
        meters.attempts().increment(call.attempts());
    }

    private Meters register(Labels labels) {
        String[] tags = {
            "protocol", labels.protocol(),
            "gen_ai.request.model", labels.model(),
            "gen_ai.provider.name", labels.provider(),
            "outcome", labels.outcome()
        };
        return new Meters(
                registry.timer("gen_ai.server.request.duration", tags),
                registry.timer("gen_ai.server.time_to_first_token", tags),
                registry.timer("serai.call.overhead", tags),
                registry.counter("gen_ai.client.token.usage.input", tags),
                registry.counter("gen_ai.client.token.usage.output", tags),
                registry.counter("serai.call.attempts", tags));
    }
}
