package dev.serai.media;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The makers of videos, by the kind of their upstream. */
final class VideoMakers {

    private static final Logger log = LoggerFactory.getLogger(VideoMakers.class);

    private final Map<String, VideoMaker> byKind;

    VideoMakers(List<VideoMaker> makers) {
        byKind = makers.stream().collect(Collectors.toUnmodifiableMap(VideoMaker::kind, Function.identity()));
    }

    /** Null for a kind that is not served any more. */
    @Nullable
    VideoMaker of(String kind) {
        return byKind.get(kind);
    }

    /** Tells the provider that nobody wants the video. What it still keeps is its own matter, and goes by itself. */
    void forget(UUID job, Commission commission) {
        var maker = of(commission.provider());
        if (maker != null) {
            Thread.ofVirtual().name("video-forget").start(() -> forget(maker, job, commission));
        }
    }

    private static void forget(VideoMaker maker, UUID job, Commission commission) {
        try {
            maker.forget(commission);
        } catch (IOException | RuntimeException kept) {
            log.info("Video job {} is not deleted at its provider: {}", job, kept.toString());
        }
    }
}
