package dev.serai.transcript;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How long responses are kept, and how large they may be.
 *
 * @param timeToLive from the end of the answer; zero keeps nothing
 * @param maxSize the largest response with all of its input that is kept
 */
@ConfigurationProperties(prefix = "serai.transcripts", ignoreUnknownFields = false)
public record TranscriptProperties(
        @DefaultValue("30d") Duration timeToLive,
        @DefaultValue("16MB") DataSize maxSize) {}
