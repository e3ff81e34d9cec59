package dev.serai.media;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The makers of videos, by the kind of their upstream. */
final class VideoMakers {

    private final Map<String, VideoMaker> byKind;

    VideoMakers(List<VideoMaker> makers) {
        byKind = makers.stream().collect(Collectors.toUnmodifiableMap(VideoMaker::kind, Function.identity()));
    }

    /** Null for a kind that is not served any more. */
    @Nullable
    VideoMaker of(String kind) {
        return byKind.get(kind);
    }
}
