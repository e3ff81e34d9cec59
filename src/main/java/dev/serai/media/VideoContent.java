package dev.serai.media;

import dev.serai.call.Answer;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.upstream.EgressGuard;
import dev.serai.upstream.GuardedStream;
import dev.serai.upstream.UpstreamClient;
import dev.serai.upstream.UpstreamResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bytes of finished videos and of their first pictures, passed on while they come. */
final class VideoContent {

    private static final Logger log = LoggerFactory.getLogger(VideoContent.class);
    private static final String BYTES = "application/octet-stream";

    private final GuardedStream links;
    private final UpstreamClient upstream;
    private final VideoMakers makers;
    private final Downloads downloads;
    private final Duration total;
    private final long most;

    /**
     * The bytes.
     *
     * @param total how long passing them on may take
     * @param most how many they may be
     */
    VideoContent(
            GuardedStream links,
            UpstreamClient upstream,
            VideoMakers makers,
            Downloads downloads,
            Duration total,
            long most) {
        this.downloads = downloads;
        this.total = total;
        this.links = links;
        this.upstream = upstream;
        this.makers = makers;
        this.most = most;
    }

    /**
     * An answer with the bytes.
     *
     * @param cover the first picture rather than the video
     * @throws Refusal when there are none, or none any more
     */
    Answer of(Call call, VideoJob job, boolean cover) {
        if (!(job.result() instanceof Look.Done done)) {
            throw new Refusal(
                    Kind.INVALID_REQUEST,
                    "The video is not there: its status is " + job.state().told() + ".");
        }
        String url = cover ? done.cover() : done.url();
        if (cover && url == null && !done.url().isEmpty()) {
            throw new Refusal(Kind.NOT_FOUND, "The provider gave no picture of this video.");
        }
        downloads.enter(call);
        call.deadline(total);
        long start = call.nanos();
        try {
            return answer(call, opened(call, job, url, cover), cover ? "image/jpeg" : "video/mp4");
        } catch (EgressGuard.Refused refused) {
            log.warn("The link of video job {} is refused: {}", job.id(), refused.getMessage());
            throw new Refusal(gone());
        } catch (IOException unreachable) {
            var broken = call.broken();
            if (broken != null) {
                throw new Refusal(broken);
            }
            log.info("The file of video job {} cannot be fetched: {}", job.id(), unreachable.toString());
            throw new Refusal(gone());
        } finally {
            call.waited(call.nanos() - start);
        }
    }

    private UpstreamResponse opened(Call call, VideoJob job, @Nullable String url, boolean cover) throws IOException {
        if (url != null && !url.isEmpty()) {
            return links.open(url, call::onBreak);
        }
        var commission = job.commission();
        var maker = commission == null ? null : makers.of(commission.provider());
        var request = maker == null || commission == null ? null : maker.content(commission, cover);
        if (request == null) {
            throw new IOException("nothing leads to it");
        }
        return upstream.send(request, call::onBreak);
    }

    private Answer answer(Call call, UpstreamResponse response, String usualType) {
        Supplier<Refusal> refused = () -> {
            response.discard();
            return new Refusal(gone());
        };
        if (response.status() != 200) {
            throw refused.get();
        }
        String type = response.mediaType();
        boolean plain = type.isEmpty() || type.equals(BYTES) || type.equals("binary/octet-stream");
        if (!plain && !type.startsWith("video/") && !type.startsWith("image/")) {
            throw refused.get();
        }
        long length = length(response.header("content-length"));
        if (length > most) {
            throw refused.get();
        }
        call.header("x-content-type-options", "nosniff");
        call.onBreak(() -> {
            response.discard();
            call.client().cut();
        });
        return new Answer.Bytes(plain ? usualType : type, length, new PassedBytes(call, response, length, most));
    }

    private static long length(@Nullable String told) {
        try {
            return told == null ? -1 : Math.max(-1, Long.parseLong(told.trim()));
        } catch (NumberFormatException notTold) {
            return -1;
        }
    }

    private static Failure gone() {
        return Failure.of(
                Kind.UPSTREAM_ERROR, FailureClass.UPSTREAM, "The video cannot be fetched from its provider any more.");
    }
}
