package dev.serai.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.database.Pause;
import dev.serai.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class VideoWatchTest {

    private static final UUID KEY = UUID.randomUUID();
    private static final Duration HOUR = Duration.ofHours(1);
    private static final MediaProperties PROPERTIES = new MediaProperties(
            DataSize.ofMegabytes(1), DataSize.ofMegabytes(1), 8, HOUR, HOUR, HOUR, HOUR, HOUR, HOUR);

    @Test
    void aProviderThatDoesNotAnswerHoldsUpNoOther() {
        var hanging = new CountDownLatch(1);
        var begun = new AtomicInteger();
        var deaf = FakeMaker.looking("deaf", at -> {
            begun.incrementAndGet();
            await(hanging);
            return new Look.Running(true, 0);
        });
        var quick = FakeMaker.looking("quick", at -> new Look.Done("https://f.example/1.mp4", null, null, null));
        try (var database = TestDatabase.fresh()) {
            var rows = new VideoJobRows(database.jdbc());
            var watch = new VideoWatch(
                    rows, new VideoMakers(List.of(deaf, quick)), PROPERTIES, new Pause(System::nanoTime));
            for (int i = 0; i < 80; i++) {
                begin(rows, "deaf");
            }
            var other = begin(rows, "quick");
            watch.round();
            watch.round();
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(rows.find(KEY, other).orElseThrow().state())
                                    .isEqualTo(VideoJob.State.COMPLETED));
            Awaitility.await().untilAsserted(() -> assertThat(begun).hasValue(16));
            hanging.countDown();
            Awaitility.await().untilAsserted(() -> {
                watch.round();
                assertThat(begun).hasValue(80);
            });
        }
    }

    private static UUID begin(VideoJobRows rows, String kind) {
        var id = UUID.randomUUID();
        rows.create(id, KEY, "films", null, null, HOUR);
        rows.begun(
                id,
                new Commission(kind, "https://f.example", "m", "key", "task", null),
                VideoMaker.Told.NOTHING,
                Duration.ZERO);
        return id;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
