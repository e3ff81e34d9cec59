package dev.serai.media;

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
 * @param handOver how long a submission may take before its gateway counts as dead
 * @param giveUp when a job that is not finished has failed
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
        @DefaultValue("15m") Duration handOver,
        @DefaultValue("20m") Duration giveUp,
        @DefaultValue("30d") Duration keepJobs) {

    Pace pace() {
        return new Pace(firstLook, slowestLook);
    }
}
