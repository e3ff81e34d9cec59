package dev.serai.media;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Videos as calls ask for them. While the database is away they get 503, all of them. */
@Component
final class VideoJobs {

    private static final Logger log = LoggerFactory.getLogger(VideoJobs.class);
    private static final Failure AWAY = Failure.of(
                    Kind.OVERLOADED, FailureClass.GATEWAY, "Videos cannot be kept or found at the moment.")
            .withRetryAfter(Duration.ofSeconds(2));
    private static final Failure GIVEN_UP = Failure.of(
            Kind.TIMEOUT, FailureClass.GATEWAY, "The video was given up before its provider had taken it on.");
    private static final int TRIES = 5;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final VideoJobRows rows;
    private final VideoMakers makers;

    VideoJobs(VideoJobRows rows, VideoMakers makers) {
        this.rows = rows;
        this.makers = makers;
    }

    /** As {@link VideoJobRows#create}. */
    void create(UUID id, UUID key, String model, @Nullable String size, @Nullable Integer seconds, Duration within) {
        asked(() -> {
            rows.create(id, key, model, size, seconds, within);
            return true;
        });
    }

    /** A provider has taken the job on: that is worth some tries, for nobody else knows. Who comes too late is told so. */
    void begun(UUID id, Commission at, VideoMaker.Told told, Duration firstLook) {
        for (int i = 1; true; i++) {
            try {
                if (rows.begun(id, at, told, firstLook)) {
                    return;
                }
                makers.forget(id, at);
                throw new Refusal(GIVEN_UP);
            } catch (DataAccessException away) {
                if (i == TRIES) {
                    log.error("Video job {} is lost: {} makes it as {}", id, at.provider(), at.task(), away);
                    throw new Refusal(AWAY);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** No provider has taken the job on; if that cannot be written, it fails by itself later. */
    void withdrawn(UUID id) {
        try {
            rows.withdrawn(id);
        } catch (DataAccessException away) {
            log.info("Video job {} is not withdrawn: {}", id, away.getClass().getSimpleName());
        }
    }

    /** A provider may have the job, and nobody knows; if that cannot be written, it fails by itself later. */
    void lost(UUID id) {
        try {
            rows.lost(id);
        } catch (DataAccessException away) {
            log.info(
                    "Video job {} is not marked as lost: {}",
                    id,
                    away.getClass().getSimpleName());
        }
    }

    /** Null when the key has no such job. */
    @Nullable
    VideoJob find(UUID key, UUID id) {
        return asked(() -> rows.find(key, id)).orElse(null);
    }

    List<VideoJob> list(UUID key, @Nullable UUID after, boolean oldestFirst, int most) {
        return asked(() -> rows.list(key, after, oldestFirst, most));
    }

    /** The job that is gone now, or null. */
    @Nullable
    VideoJob delete(UUID key, UUID id) {
        return asked(() -> rows.delete(key, id)).orElse(null);
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (DataAccessException away) {
            log.warn("Videos cannot be asked for: {}", away.getClass().getSimpleName());
            throw new Refusal(AWAY);
        }
    }
}
