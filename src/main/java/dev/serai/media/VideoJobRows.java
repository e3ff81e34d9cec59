package dev.serai.media;

import dev.serai.media.VideoJob.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code video_job}. */
@Component
final class VideoJobRows {

    private static final String COLUMNS = """
            id, key_id, model, size, seconds, state, progress, created_at, completed_at, provider, base_url, upstream_model,
            credential, task, conversation, video_url, cover_url, duration, resolution, failure_code, failure_message
            """;

    /** A job that is on its way to a provider has no caller who knows its name. */
    private static final String KNOWN = " and state <> 'submitting'";

    private final JdbcClient jdbc;

    /** A provider's kind and its address. */
    record Place(String provider, String baseUrl) {}

    VideoJobRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A job that is about to be handed to a provider. @param within until when it has been, or is lost */
    void create(UUID id, UUID key, String model, @Nullable String size, @Nullable Integer seconds, Duration within) {
        jdbc.sql("""
                        insert into video_job (id, key_id, model, size, seconds, state, created_at, lease_until, next_look_at)
                        values (:id, :key, :model, :size, :seconds, 'submitting', clock_timestamp(),
                                clock_timestamp() + make_interval(secs => :within), clock_timestamp())
                        """)
                .param("id", id)
                .param("key", key)
                .param("model", model)
                .param("size", size)
                .param("seconds", seconds)
                .param("within", seconds(within))
                .update();
    }

    /** A provider has taken the job on. @return whether it was still awaited; what has ended does not begin again */
    boolean begun(UUID id, Commission at, VideoMaker.Told told, Duration firstLook) {
        int begun = jdbc.sql("""
                        update video_job
                           set state = 'queued', begun_at = clock_timestamp(), provider = :provider, base_url = :baseUrl, upstream_model = :model,
                               credential = :credential, task = :task, conversation = :conversation, lease = null, lease_until = clock_timestamp(),
                               size = coalesce(cast(:size as text), size), seconds = coalesce(cast(:seconds as integer), seconds),
                               next_look_at = clock_timestamp() + make_interval(secs => :first)
                         where id = :id and state = 'submitting'
                        """)
                .param("id", id)
                .param("provider", at.provider())
                .param("baseUrl", at.baseUrl())
                .param("model", at.model())
                .param("credential", at.credential())
                .param("task", at.task())
                .param("conversation", at.conversation())
                .param("size", told.size())
                .param("seconds", told.seconds())
                .param("first", seconds(firstLook))
                .update();
        return begun > 0 || isAt(id, at.task());
    }

    /** An update whose answer did not come may have been made all the same. */
    private boolean isAt(UUID id, String task) {
        return jdbc.sql("select exists (select from video_job where id = :id and task = :task)")
                .param("id", id)
                .param("task", task)
                .query(Boolean.class)
                .single();
    }

    /** No provider has taken the job on, and its caller knows. */
    void withdrawn(UUID id) {
        jdbc.sql("delete from video_job where id = :id and state = 'submitting'")
                .param("id", id)
                .update();
    }

    /** A provider may have taken the job on, but has not said so. */
    void lost(UUID id) {
        jdbc.sql("""
                        update video_job
                           set state = 'failed', completed_at = clock_timestamp(), failure_code = 'lost',
                               failure_message = 'The provider did not say whether it makes the video. It was not asked again.'
                         where id = :id and state = 'submitting'
                        """).param("id", id).update();
    }

    Optional<VideoJob> find(UUID key, UUID id) {
        return jdbc.sql("select " + COLUMNS + " from video_job where id = :id and key_id = :key" + KNOWN)
                .param("id", id)
                .param("key", key)
                .query((row, number) -> job(row))
                .optional();
    }

    /** Jobs of a key by their time. @param after the last one that is known already, or null */
    List<VideoJob> list(UUID key, @Nullable UUID after, boolean oldestFirst, int most) {
        String than = oldestFirst ? ">" : "<";
        String order = oldestFirst ? "asc" : "desc";
        return jdbc.sql("select " + COLUMNS + """
                          from video_job
                         where key_id = :key and state <> 'submitting'
                           and (cast(:after as uuid) is null or (created_at, id)
                        """ + than
                        + " (select created_at, id from video_job where id = :after and key_id = :key)) order by created_at "
                        + order + ", id " + order + " limit :most")
                .param("key", key)
                .param("after", after)
                .param("most", most)
                .query((row, number) -> job(row))
                .list();
    }

    /** The job that is gone now, if there was one. */
    Optional<VideoJob> delete(UUID key, UUID id) {
        return jdbc.sql("delete from video_job where id = :id and key_id = :key" + KNOWN + " returning " + COLUMNS)
                .param("id", id)
                .param("key", key)
                .query((row, number) -> job(row))
                .optional();
    }

    /** Where jobs are made whose turn has come. */
    List<Place> due() {
        return jdbc.sql("""
                        select distinct provider, base_url from video_job
                         where state in ('queued', 'in_progress')
                           and next_look_at <= clock_timestamp() and lease_until <= clock_timestamp()
                        """)
                .query((row, number) -> new Place(row.getString("provider"), row.getString("base_url")))
                .list();
    }

    /** Takes jobs of a place whose turn has come, which then are nobody else's for a while. @param lease the name of this taking */
    List<VideoJob> take(UUID lease, Duration within, Place place, int most) {
        return jdbc.sql("""
                        update video_job j
                           set lease = :lease, lease_until = clock_timestamp() + make_interval(secs => :within),
                               looks = looks + 1
                         where j.id in (
                               select id from video_job
                                where state in ('queued', 'in_progress') and provider = :provider and base_url = :baseUrl
                                  and next_look_at <= clock_timestamp() and lease_until <= clock_timestamp()
                                order by next_look_at
                                limit :most
                                  for update skip locked)
                        returning
                        """ + COLUMNS)
                .param("lease", lease)
                .param("within", seconds(within))
                .param("provider", place.provider())
                .param("baseUrl", place.baseUrl())
                .param("most", most)
                .query((row, number) -> job(row))
                .list();
    }

    /** Writes what a look has shown, unless the job was taken by somebody else since. @return whether it was written */
    boolean running(UUID id, UUID lease, Look.Running look, Pace pace) {
        return jdbc.sql("""
                        update video_job
                           set state = case when :begun then 'in_progress' else state end,
                               progress = greatest(progress, :progress), misses = 0, lease = null,
                               lease_until = clock_timestamp(),
                               next_look_at = clock_timestamp()
                                   + make_interval(secs => least(:slowest, :first * power(1.3, least(looks, 30))))
                         where id = :id and lease = :lease and state in ('queued', 'in_progress')
                        """)
                        .param("id", id)
                        .param("lease", lease)
                        .param("begun", look.begun())
                        .param("progress", Math.clamp(look.progress(), 0, 99))
                        .param("first", seconds(pace.first()))
                        .param("slowest", seconds(pace.slowest()))
                        .update()
                > 0;
    }

    boolean done(UUID id, UUID lease, Look.Done look) {
        return jdbc.sql("""
                        update video_job
                           set state = 'completed', progress = 100, completed_at = clock_timestamp(), lease = null,
                               video_url = :url, cover_url = :cover, duration = :duration, resolution = :resolution,
                               size = coalesce(size, cast(:size as text)), seconds = coalesce(seconds, cast(:seconds as integer))
                         where id = :id and lease = :lease and state in ('queued', 'in_progress')
                        """)
                        .param("id", id)
                        .param("lease", lease)
                        .param("url", look.url())
                        .param("cover", look.cover())
                        .param("duration", look.duration())
                        .param("resolution", look.resolution())
                        .param("size", look.size())
                        .param("seconds", look.seconds())
                        .update()
                > 0;
    }

    boolean failed(UUID id, UUID lease, Look.Failed look) {
        return jdbc.sql("""
                        update video_job
                           set state = 'failed', completed_at = clock_timestamp(), lease = null,
                               failure_code = :code, failure_message = :message
                         where id = :id and lease = :lease and state in ('queued', 'in_progress')
                        """)
                        .param("id", id)
                        .param("lease", lease)
                        .param("code", look.code())
                        .param("message", look.message())
                        .update()
                > 0;
    }

    /** Nothing could be said; the next look comes later each time. */
    void missed(UUID id, UUID lease, Pace pace) {
        jdbc.sql("""
                        update video_job
                           set misses = misses + 1, lease = null, lease_until = clock_timestamp(),
                               next_look_at = clock_timestamp()
                                   + make_interval(secs => least(:slowest, :first * power(2, least(misses, 10))))
                         where id = :id and lease = :lease and state in ('queued', 'in_progress')
                        """)
                .param("id", id)
                .param("lease", lease)
                .param("first", seconds(pace.first()))
                .param("slowest", seconds(pace.slowest()))
                .update();
    }

    /** Gives up jobs that are under way for too long, and those whose gateway died while it handed them over. */
    int giveUp(Duration after) {
        return jdbc.sql("""
                        update video_job
                           set state = 'failed', completed_at = clock_timestamp(), lease = null,
                               failure_code = case when state = 'submitting' then 'lost' else 'timeout' end,
                               failure_message = case when state = 'submitting'
                                   then 'The gateway stopped while it handed the job to a provider. It was not sent again.'
                                   else 'The provider did not make the video in time.' end
                         where (state = 'submitting' and lease_until < clock_timestamp())
                            or (state in ('queued', 'in_progress')
                                and begun_at < clock_timestamp() - make_interval(secs => :after))
                        """).param("after", seconds(after)).update();
    }

    /** Forgets jobs that ended long ago, {@code most} at a time. */
    int forget(Duration after, int most) {
        return jdbc.sql("""
                        delete from video_job
                         where id in (
                               select id from video_job
                                where completed_at < clock_timestamp() - make_interval(secs => :after)
                                limit :most
                                  for update skip locked)
                        """).param("after", seconds(after)).param("most", most).update();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static VideoJob job(ResultSet row) throws SQLException {
        var state = State.of(row.getString("state"));
        var completed = row.getObject("completed_at", OffsetDateTime.class);
        return new VideoJob(
                row.getObject("id", UUID.class),
                row.getObject("key_id", UUID.class),
                row.getString("model"),
                row.getString("size"),
                row.getObject("seconds", Integer.class),
                state,
                row.getInt("progress"),
                instant(row, "created_at"),
                completed == null ? null : completed.toInstant(),
                commission(row),
                result(row, state));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Commission commission(ResultSet row) throws SQLException {
        return row.getString("task") == null
                ? null
                : new Commission(
                        row.getString("provider"),
                        row.getString("base_url"),
                        row.getString("upstream_model"),
                        row.getString("credential"),
                        row.getString("task"),
                        row.getString("conversation"));
    }

    private static @Nullable Look result(ResultSet row, State state) throws SQLException {
        return switch (state) {
            case COMPLETED ->
                new Look.Done(
                        row.getString("video_url"),
                        row.getString("cover_url"),
                        row.getString("duration"),
                        row.getString("resolution"));
            case FAILED -> new Look.Failed(row.getString("failure_code"), row.getString("failure_message"));
            case SUBMITTING, QUEUED, IN_PROGRESS -> null;
        };
    }
}
