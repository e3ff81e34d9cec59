package dev.serai.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.message.Refusal;
import dev.serai.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VideoJobRowsTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final UUID KEY = UUID.randomUUID();
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Commission AT = new Commission("fake", "https://f.example", "m", "key", "task", null);

    private final VideoJobRows rows = new VideoJobRows(DATABASE.jdbc());
    private final UUID id = UUID.randomUUID();

    @BeforeEach
    void empty() {
        DATABASE.jdbc().sql("delete from video_job").update();
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void aJobIsGivenUpSoLongAfterItsProviderTookItOn() {
        create(HOUR);
        age("created_at");
        assertThat(rows.begun(id, AT, VideoMaker.Told.NOTHING, HOUR)).isTrue();
        assertThat(rows.giveUp(Duration.ofMinutes(20))).isZero();
        age("begun_at");
        assertThat(rows.giveUp(Duration.ofMinutes(20))).isEqualTo(1);
        assertThat(code()).isEqualTo("timeout");
    }

    @Test
    void whatHasEndedDoesNotBeginAgainAndItsProviderIsToldSo() {
        var forgotten = new CopyOnWriteArrayList<Commission>();
        var jobs = new VideoJobs(rows, new VideoMakers(List.of(FakeMaker.forgetting(forgotten::add))));
        create(Duration.ZERO);
        assertThat(rows.giveUp(HOUR)).isEqualTo(1);
        assertThatThrownBy(() -> jobs.begun(id, AT, VideoMaker.Told.NOTHING, HOUR))
                .isInstanceOf(Refusal.class);
        assertThat(code()).isEqualTo("lost");
        Awaitility.await().untilAsserted(() -> assertThat(forgotten).containsExactly(AT));
    }

    @Test
    void aJobBeginsOnceHoweverOftenThatIsWritten() {
        create(HOUR);
        assertThat(rows.begun(id, AT, VideoMaker.Told.NOTHING, Duration.ZERO)).isTrue();
        var lease = UUID.randomUUID();
        rows.take(lease, HOUR, new VideoJobRows.Place("fake", "https://f.example"), 1);
        rows.done(id, lease, new Look.Done("https://f.example/1.mp4", null, null, null));
        assertThat(rows.begun(id, AT, VideoMaker.Told.NOTHING, Duration.ZERO)).isTrue();
        assertThat(rows.find(KEY, id).orElseThrow().state()).isEqualTo(VideoJob.State.COMPLETED);
    }

    @Test
    void whatAProviderHasIsNeitherWithdrawnNorLost() {
        create(HOUR);
        rows.begun(id, AT, VideoMaker.Told.NOTHING, HOUR);
        rows.withdrawn(id);
        rows.lost(id);
        assertThat(rows.find(KEY, id).orElseThrow().state()).isEqualTo(VideoJob.State.QUEUED);
    }

    @Test
    void whatAProviderMayHaveIsKeptAndTold() {
        create(HOUR);
        rows.lost(id);
        rows.withdrawn(id);
        assertThat(code()).isEqualTo("lost");
    }

    @Test
    void sizeAndSecondsAreWhatTheProviderTells() {
        create(HOUR);
        rows.begun(id, AT, new VideoMaker.Told("1280x720", 4), HOUR);
        var job = rows.find(KEY, id).orElseThrow();
        assertThat(job.size()).isEqualTo("1280x720");
        assertThat(job.seconds()).isEqualTo(4);
        var done = new Look.Done("https://f.example/1.mp4", null, "6s", "1440 × 960");
        assertThat(done.size()).isEqualTo("1440x960");
        assertThat(done.seconds()).isEqualTo(6);
    }

    private void create(Duration within) {
        rows.create(id, KEY, "films", null, null, within);
    }

    private void age(String column) {
        DATABASE.jdbc()
                .sql("update video_job set " + column + " = clock_timestamp() - interval '1 hour'")
                .update();
    }

    private String code() {
        return rows.find(KEY, id).orElseThrow().result() instanceof Look.Failed failed ? failed.code() : "";
    }
}
