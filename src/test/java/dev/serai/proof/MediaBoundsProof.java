package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.inbound.BodyBudget;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.Gateway;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What calls for pictures and videos may hold: of memory, of a provider's places, of time. */
class MediaBoundsProof {

    private static final FakeUpstream ZHIPU = new FakeUpstream();
    private static final FakeUpstream FILES = new FakeUpstream();
    private static Gateway gateway;

    @BeforeAll
    static void start() {
        var properties = VideosProof.quick();
        properties.put("serai.upstream.max-calls-per-provider", "1");
        gateway = Gateway.start(properties);
        gateway.configure("{" + VideosProof.routes(ZHIPU) + "}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        ZHIPU.close();
        FILES.close();
    }

    @Test
    void aCallThatWaitsForItsVideoHoldsNeitherItsRequestNorItsProvidersPlace() {
        long free = free();
        var finish = new CountDownLatch(1);
        var studio = Studio.making(1, FILES.url() + "/1.mp4").holdLooks(finish);
        ZHIPU.now(studio);
        String picture = "data:image/png;base64," + "QUJD".repeat(50_000);
        var waiting = CompletableFuture.supplyAsync(() -> post(
                "/v1/videos/generations",
                "{\"model\":\"cog\",\"prompt\":\"a cat\",\"image_url\":\"" + picture + "\"}"));
        Awaitility.await().until(() -> studio.looking() == 1);
        assertThat(free()).isEqualTo(free);
        assertThat(post("/v1/videos", "{\"model\":\"cog\",\"prompt\":\"another\"}")
                        .statusCode())
                .isEqualTo(200);
        finish.countDown();
        assertThat(waiting.join().statusCode()).isEqualTo(200);
        assertThat(free()).isEqualTo(free);
    }

    private static long free() {
        return gateway.bean(BodyBudget.class).free();
    }

    private static HttpResponse<String> post(String path, String body) {
        return gateway.post(path, body, "authorization", "Bearer " + Gateway.KEY);
    }
}
