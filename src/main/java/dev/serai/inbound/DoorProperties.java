package dev.serai.inbound;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits at the door.
 *
 * @param maxBody the largest request body
 * @param bodyBudget how many body bytes may be held at once, all calls together; 0 stands for a quarter of the heap
 * @param headerDeadline until when a request head must be whole
 * @param slowBodyGrace for how long a body may come slower than {@code minBodyRate}
 * @param minBodyRate bytes a second that a body must reach after the grace
 * @param heartbeat how long a stream stays silent before a comment keeps it awake
 * @param look how long a silent caller is left alone before its connection is looked at
 * @param maxStreams calls served at once; 0 stands for what the heap can hold: (heap − 80 MiB) ÷ 160 KiB
 * @param allowedOrigins origins that browsers may call from; {@code *} for any
 * @param allowedHosts values of Host that are served; empty for any
 */
@ConfigurationProperties(prefix = "serai.door", ignoreUnknownFields = false)
public record DoorProperties(
        @DefaultValue("32MB") DataSize maxBody,
        @DefaultValue("0B") DataSize bodyBudget,
        @DefaultValue("10s") Duration headerDeadline,
        @DefaultValue("10s") Duration slowBodyGrace,
        @DefaultValue("16KB") DataSize minBodyRate,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("1s") Duration look,
        @DefaultValue("0") int maxStreams,
        @DefaultValue("*") List<String> allowedOrigins,
        @DefaultValue List<String> allowedHosts) {

    /** What the application itself lives on, and what a held stream takes with some room for the collector: measured. */
    private static final long BASE = 80L * 1024 * 1024;

    private static final long HELD = 160L * 1024;

    /** The body bytes that may be held at once. */
    public long effectiveBodyBudget() {
        return bodyBudget.toBytes() > 0
                ? bodyBudget.toBytes()
                : Math.max(maxBody.toBytes(), Runtime.getRuntime().maxMemory() / 4);
    }

    /** The calls that may be served at once. */
    public int effectiveMaxStreams() {
        long byHeap = (Runtime.getRuntime().maxMemory() - BASE) / HELD;
        return maxStreams > 0 ? maxStreams : (int) Math.clamp(byHeap, 64, 20_000);
    }
}
