package dev.serai.upstream;

import dev.serai.routing.config.Timeouts;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The gateway's own waiting times, for entries and providers of ROUTES_CONFIG that name none.
 *
 * @param firstByteStream until the first content of a stream
 * @param firstByteWhole until the status line of a whole answer: models that think answer late
 * @param idle between two bytes of an answer
 * @param total for a whole call
 */
@ConfigurationProperties(prefix = "serai.timeouts", ignoreUnknownFields = false)
public record UpstreamTimeouts(
        @DefaultValue("3s") Duration connect,
        @DefaultValue("60s") Duration firstByteStream,
        @DefaultValue("600s") Duration firstByteWhole,
        @DefaultValue("120s") Duration idle,
        @DefaultValue("30m") Duration total) {

    /** These as the level below every other one, for a stream or a whole answer. */
    public Timeouts defaults(boolean stream) {
        return new Timeouts(connect, stream ? firstByteStream : firstByteWhole, idle, total);
    }
}
