package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.Figures;
import dev.serai.testkit.ForkedGateway;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.KeptConnection;
import dev.serai.testkit.RawClient;
import dev.serai.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs outlive the gateways that run them, and are nobody's twice. */
class VideoRestartProof {

    private static final String BODY = "{\"model\":\"cog\",\"prompt\":\"a cat\"}";
    private static final String REQUEST = RawClient.chat(BODY).replace("/v1/chat/completions", "/v1/videos");

    @Test
    void twoGatewaysLookAtEachJobOnceATime() {
        int jobs = 20;
        int looks = 4;
        try (var upstream = new FakeUpstream();
                var one = Gateway.start(VideosProof.quick())) {
            var both = new LinkedHashMap<>(VideosProof.quick());
            both.put("DATABASE_URL", one.database().url().reveal());
            try (var other = Gateway.start(both)) {
                var studio = Studio.making(looks, "https://f.example/1.mp4");
                upstream.now(studio);
                one.configure("{" + VideosProof.routes(upstream) + "}");
                other.configure("{" + VideosProof.routes(upstream) + "}");
                var ids = new ArrayList<String>();
                for (int i = 0; i < jobs; i++) {
                    var gateway = i % 2 == 0 ? one : other;
                    ids.add(VideosProof.json(gateway.post("/v1/videos", BODY, "authorization", "Bearer " + Gateway.KEY))
                            .path("id")
                            .asText());
                }
                for (String id : ids) {
                    assertThat(VideosProof.ended(one, id).path("status").asText())
                            .isEqualTo("completed");
                }
                assertThat(studio.overlaps()).isZero();
                assertThat(studio.submissions()).isEqualTo(jobs);
                assertThat(studio.looked().values())
                        .hasSize(jobs)
                        .allSatisfy(count -> assertThat(count).hasValue(looks));
                int counted = studio.looked().values().stream()
                        .mapToInt(AtomicInteger::get)
                        .sum();
                Figures.say(counted + " looks of two gateways at " + jobs + " jobs, 0 at once");
            }
        }
    }

    @Test
    void aKilledGatewaysJobIsFinishedOnceByAnother(@TempDir Path folder) throws IOException {
        var looking = new CountDownLatch(1);
        var submitting = new CountDownLatch(1);
        try (var upstream = new FakeUpstream();
                var database = TestDatabase.fresh()) {
            var studio = Studio.making(2, "https://f.example/1.mp4").holdLooks(looking);
            upstream.now(studio);
            String routes = "{" + VideosProof.routes(upstream) + "}";
            var plan = ForkedGateway.plan(folder, database.url().reveal(), routes);
            VideosProof.quick().forEach((name, value) -> plan.option("-D" + name + "=" + value));
            plan.option("-Dserai.timeouts.total=10s");
            String kept;
            try (var first = plan.start();
                    var caller = new KeptConnection(first.port())) {
                kept = begun(caller);
                Awaitility.await().until(() -> studio.looking() == 1 && events(database, kept) == 1);
                studio.holdSubmissions(submitting);
                Thread.ofVirtual().start(() -> begunInVain(first.port()));
                Awaitility.await().until(() -> studio.submissions() == 2);
                first.kill();
            }
            looking.countDown();
            submitting.countDown();
            var again = new LinkedHashMap<>(VideosProof.quick());
            again.put("DATABASE_URL", database.url().reveal());
            try (var second = Gateway.start(again)) {
                second.configure(routes);
                assertThat(VideosProof.ended(second, kept).path("status").asText())
                        .isEqualTo("completed");
                assertThat(lost(second).at("/error/code").asText()).isEqualTo("lost");
            }
            assertThat(studio.submissions()).isEqualTo(2);
            assertThat(events(database, kept)).isEqualTo(1);
            Figures.say("killed in the middle: 1 of 1 jobs finished once, 0 sent again");
        }
    }

    /** The job that was on its way to the provider when its gateway was killed. */
    private static JsonNode lost(Gateway gateway) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> VideosProof.json(
                                        gateway.get("/v1/videos?order=asc", "authorization", "Bearer " + Gateway.KEY))
                                .at("/data/1"),
                        job -> job.path("status").asText().equals("failed"));
    }

    private static String begun(KeptConnection caller) throws IOException {
        var answer = caller.send(REQUEST);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    }

    private static void begunInVain(int port) {
        try (var caller = new KeptConnection(port)) {
            caller.send(REQUEST);
        } catch (IOException killed) {
            // as it should be
        }
    }

    private static long events(TestDatabase database, String id) {
        return database.jdbc()
                .sql("select count(*) from usage_event where replace(id::text, '-', '') = :id")
                .param("id", id.substring("video_".length()))
                .query(Long.class)
                .single();
    }
}
