package dev.serai.media;

import dev.serai.database.Pause;
import dev.serai.media.VideoJobRows.Place;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Looks after videos under way. Of all gateways on a database only the one that holds a job's lease looks at it, and only
 * what the holder has seen is written, so that a job ends once. A gateway that dies leaves leases, which end by themselves.
 * A provider that does not answer holds up the looks at its own jobs alone.
 */
final class VideoWatch {

    private static final Logger log = LoggerFactory.getLogger(VideoWatch.class);
    private static final int AT_ONCE = 16;
    private static final int FORGOTTEN_AT_ONCE = 1_000;

    private final VideoJobRows rows;
    private final VideoMakers makers;
    private final MediaProperties properties;
    private final Map<Place, Semaphore> free = new ConcurrentHashMap<>();
    private final Pause unasked;

    VideoWatch(VideoJobRows rows, VideoMakers makers, MediaProperties properties, Pause unasked) {
        this.rows = rows;
        this.makers = makers;
        this.properties = properties;
        this.unasked = unasked;
    }

    /** Takes the jobs whose turn it is, of each place so many at once, and looks at each on a thread of its own. A database that is away can wait. */
    void round() {
        if (unasked.lasts()) {
            return;
        }
        try {
            rows.due().forEach(this::take);
        } catch (DataAccessException away) {
            unasked.begin();
            log.warn("Videos are not looked after now: {}", away.getClass().getSimpleName());
        }
    }

    private void take(Place place) {
        var permits = free.computeIfAbsent(place, first -> new Semaphore(AT_ONCE));
        int most = permits.drainPermits();
        int taken = 0;
        try {
            var lease = UUID.randomUUID();
            List<VideoJob> jobs = most == 0 ? List.of() : rows.take(lease, properties.lookLease(), place, most);
            for (var job : jobs) {
                taken++;
                Thread.ofVirtual().name("video-look").start(() -> look(job, lease, permits));
            }
        } finally {
            permits.release(most - taken);
        }
    }

    private void look(VideoJob job, UUID lease, Semaphore permits) {
        try {
            write(job, lease, see(job));
        } catch (IOException missed) {
            log.info("Video job {} could not be looked at: {}", job.id(), missed.toString());
            missed(job, lease);
        } catch (DataAccessException away) {
            log.warn("What a look at video job {} has shown is not written: {}", job.id(), away.toString());
        } catch (RuntimeException bug) {
            log.error("Looking at video job {} failed", job.id(), bug);
            missed(job, lease);
        } finally {
            permits.release();
        }
    }

    private Look see(VideoJob job) throws IOException {
        var commission = job.commission();
        var maker = commission == null ? null : makers.of(commission.provider());
        if (commission == null || maker == null) {
            throw new IOException("nobody here knows its provider");
        }
        return maker.look(commission);
    }

    private void write(VideoJob job, UUID lease, Look look) {
        boolean written = switch (look) {
            case Look.Running running -> rows.running(job.id(), lease, running, properties.pace());
            case Look.Done done -> rows.done(job.id(), lease, done);
            case Look.Failed failed -> rows.failed(job.id(), lease, failed);
        };
        if (written && !(look instanceof Look.Running)) {
            log.info("Video job {} has ended: {}", job.id(), look instanceof Look.Done ? "completed" : "failed");
        }
    }

    private void missed(VideoJob job, UUID lease) {
        try {
            rows.missed(job.id(), lease, properties.pace());
        } catch (DataAccessException away) {
            log.warn("A look at video job {} is not written: {}", job.id(), away.toString());
        }
    }

    /** Ends what will never end by itself, and forgets what ended long ago. */
    void sweep() {
        try {
            int given = rows.giveUp(properties.giveUp());
            if (given > 0) {
                log.warn("Gave up {} video jobs", given);
            }
            rows.forget(properties.keepJobs(), FORGOTTEN_AT_ONCE);
        } catch (DataAccessException away) {
            log.warn("Video jobs are not swept now: {}", away.getClass().getSimpleName());
        }
    }
}
