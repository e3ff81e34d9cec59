package dev.serai.media;

import dev.serai.database.Pause;
import dev.serai.upstream.EgressGuard;
import dev.serai.upstream.GuardedStream;
import dev.serai.upstream.UpstreamClient;
import dev.serai.upstream.UpstreamTimeouts;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What looks after videos. */
@Configuration(proxyBeanMethods = false)
class VideoConfiguration {

    @Bean
    VideoMakers videoMakers(ObjectProvider<VideoMaker> makers) {
        return new VideoMakers(makers.stream().toList());
    }

    @Bean
    VideoWatch videoWatch(VideoJobRows rows, VideoMakers makers, MediaProperties properties) {
        return new VideoWatch(rows, makers, properties, new Pause(System::nanoTime));
    }

    @Bean
    GuardedStream guardedStream(@Value("${serai.egress.allow:}") List<String> allow) {
        return new GuardedStream(new EgressGuard(allow));
    }

    @Bean
    VideoContent videoContent(
            GuardedStream links,
            UpstreamClient upstream,
            VideoMakers makers,
            MediaProperties properties,
            UpstreamTimeouts timeouts) {
        return new VideoContent(
                links,
                upstream,
                makers,
                new Downloads(properties.downloadsPerKey()),
                timeouts.total(),
                properties.maxVideo().toBytes());
    }
}
