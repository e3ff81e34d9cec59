package dev.serai.media;

import dev.serai.secret.StartRefused;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of media.
 *
 * @param maxPicture the largest picture that is fetched from a provider for {@code b64_json}
 * @param maxVideo the largest video that is passed on
 * @param downloadsPerKey how many videos a key is passed at once, by each gateway
 * @param firstLook how long after its submission a video job is looked at first
 * @param slowestLook the longest time between two looks
 * @param lookLease for how long a gateway keeps a job that it looks at; another one takes it on after that
 * @param handOver how long after the end of its call's time a job that no provider has taken on is lost
 * @param giveUp how long after a provider took it on a job that is not finished has failed
 * @param keepJobs for how long jobs that ended can be asked for
 */
@ConfigurationProperties(prefix = "serai.media", ignoreUnknownFields = false)
public record MediaProperties(
        @DefaultValue("24MB") DataSize maxPicture,
        @DefaultValue("1GB") DataSize maxVideo,
        @DefaultValue("8") int downloadsPerKey,
        @DefaultValue("3s") Duration firstLook,
        @DefaultValue("15s") Duration slowestLook,
        @DefaultValue("60s") Duration lookLease,
        @DefaultValue("2m") Duration handOver,
        @DefaultValue("20m") Duration giveUp,
        @DefaultValue("30d") Duration keepJobs) {

    /** @throws StartRefused for what no gateway can run with */
    public MediaProperties {
        size("max-picture", maxPicture, Integer.MAX_VALUE);
        size("max-video", maxVideo, Long.MAX_VALUE);
        atLeast("first-look", firstLook, Duration.ofMillis(100));
        atLeast("slowest-look", slowestLook, firstLook);
        atLeast("look-lease", lookLease, Duration.ofSeconds(1));
        atLeast("hand-over", handOver, Duration.ofSeconds(1));
        atLeast("give-up", giveUp, Duration.ofSeconds(1));
        atLeast("keep-jobs", keepJobs, Duration.ofSeconds(1));
    }

    private static void size(String name, DataSize size, long most) {
        if (size.toBytes() < 1 || size.toBytes() > most) {
            throw new StartRefused("serai.media." + name + " must be at least 1 byte"
                    + (most == Long.MAX_VALUE ? "." : " and less than 2 GB."));
        }
    }

    private static void atLeast(String name, Duration time, Duration least) {
        if (time.compareTo(least) < 0) {
            throw new StartRefused("serai.media." + name + " must be at least " + least.toMillis() + " ms.");
        }
    }

    Pace pace() {
        return new Pace(firstLook, slowestLook);
    }
}
