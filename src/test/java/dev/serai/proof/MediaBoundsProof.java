package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.inbound.BodyBudget;
import dev.serai.testkit.Charged;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.RawClient;
import dev.serai.testkit.RoutesYaml;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What calls for pictures and videos may hold: of memory, of a provider's places, of time. */
class MediaBoundsProof {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINK = "{\"created\":1764000000,\"data\":[{\"url\":\"%s\"}]}";

    private static final FakeUpstream ZHIPU = new FakeUpstream();
    private static final FakeUpstream OPENAI = new FakeUpstream();
    private static final FakeUpstream FILES = new FakeUpstream();
    private static Gateway gateway;

    @BeforeAll
    static void start() {
        var properties = VideosProof.quick();
        properties.put("serai.upstream.max-calls-per-provider", "1");
        properties.put("serai.door.max-body", "1MB");
        properties.put("serai.door.body-budget", "2MB");
        properties.put("serai.media.downloads-per-key", "2");
        properties.put("serai.timeouts.total", "20s");
        gateway = Gateway.start(properties);
        String pictures = RoutesYaml.provider("zhipu", ZHIPU, "OPENAI_KEY_2").replace("upstream-model", "cogview-4");
        gateway.configure("{" + VideosProof.routes(ZHIPU) + ",\"cog-pictures\":{\"timeouts\":{\"firstByte\":\"2s\"},"
                + "\"providers\":[" + pictures + "]},\"strict\":{\"config\":{\"on_unsupported\":\"error\"},"
                + "\"providers\":[" + pictures + "]},\"open\":{\"providers\":["
                + RoutesYaml.provider("openai", OPENAI, "OPENAI_KEY_1") + "]}}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        ZHIPU.close();
        OPENAI.close();
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
        Awaitility.await().until(() -> free() == free);
        assertThat(post("/v1/videos", "{\"model\":\"cog\",\"prompt\":\"another\"}")
                        .statusCode())
                .isEqualTo(200);
        finish.countDown();
        assertThat(waiting.join().statusCode()).isEqualTo(200);
        Awaitility.await().until(() -> free() == free);
    }

    @Test
    void whatIsFetchedCountsBeforeItIsRead() {
        long free = free();
        ZHIPU.now(Scripts.status(200, LINK.formatted(FILES.url() + "/1.png")));
        for (String length : new String[] {"content-length: 10000000", "transfer-encoding: chunked"}) {
            FILES.now(
                    (request, wire) -> wire.send("HTTP/1.1 200 OK\r\ncontent-type: image/png\r\n" + length + "\r\n\r\n")
                            .stall());
            var got = pictures("cog-pictures", 1);
            assertThat(got.statusCode()).as(got.body()).isEqualTo(503);
            assertThat(got.headers().firstValue("retry-after")).isPresent();
            Awaitility.await().until(() -> free() == free);
        }
    }

    @Test
    void anUpstreamsAnswerCountsWhileItGrows() {
        long free = free();
        String large = "{\"data\":[{\"b64_json\":\"" + "A".repeat(3_000_000) + "\"}]}";
        OPENAI.now(Scripts.status(200, large));
        assertThat(pictures("open", 1).statusCode()).isEqualTo(503);
        OPENAI.now((request, wire) -> wire.send(
                        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n")
                .chunk(large)
                .lastChunk());
        assertThat(pictures("open", 1).statusCode()).isEqualTo(503);
        Awaitility.await().until(() -> free() == free);
        OPENAI.now((request, wire) -> wire.send(
                        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n")
                .chunk("{\"data\":[{\"b64_json\":\"" + "A".repeat(100_000))
                .chunk("\"}]}")
                .lastChunk());
        var got = pictures("open", 1);
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).hasSize(100_026);
        Awaitility.await().until(() -> free() == free);
    }

    @Test
    void picturesThatAreThereAreFetchedThoughALateOneBrokeOff() throws IOException {
        byte[] picture = {1, 2, 3, 4};
        FILES.now(file("image/png", picture));
        var link = Scripts.status(200, LINK.formatted(FILES.url() + "/1.png"));
        ZHIPU.now(link, link, (request, wire) -> wire.stall());
        var got = pictures("cog-pictures", 3);
        assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
        assertThat(JSON.readTree(got.body()).path("data").findValuesAsText("b64_json"))
                .containsExactly("AQIDBA==", "AQIDBA==");
        assertThat(JSON.readTree(got.body()).path("created").asLong()).isEqualTo(1764000000);
        assertThat(got.headers().firstValue("x-gateway-dropped")).contains("n");
    }

    @Test
    void picturesThatWereMadeAreChargedThoughTheirNumberIsRefused() {
        var charged = Charged.since(gateway);
        ZHIPU.now(Scripts.status(200, LINK.formatted("https://f.example/1")), Scripts.error(500, ""));
        var got = pictures("strict", 2);
        assertThat(got.statusCode()).as(got.body()).isEqualTo(400);
        assertThat(got.body()).contains("\"param\":\"n\"");
        assertThat(charged.events())
                .singleElement()
                .satisfies(event -> assertThat(event.inputTokens()).isPositive());
    }

    @Test
    void whatAProviderTellsBesideItsLinksIsKept() throws IOException {
        FILES.now(file("image/png", new byte[] {1, 2, 3}));
        OPENAI.now(Scripts.status(
                200,
                "{\"created\":17,\"background\":\"opaque\",\"data\":[{\"url\":\"" + FILES.url()
                        + "/1.png\",\"revised_prompt\":\"a \\\"red\\\" kité\"}],"
                        + "\"usage\":{\"input_tokens\":3,\"output_tokens\":4,\"total_tokens\":7}}"));
        var got = pictures("open", 1);
        assertThat(JSON.readTree(got.body()))
                .as(got.body())
                .isEqualTo(JSON.readTree("{\"created\":17,\"background\":\"opaque\",\"data\":[{\"b64_json\":\"AQID\","
                        + "\"revised_prompt\":\"a \\\"red\\\" kité\"}],"
                        + "\"usage\":{\"input_tokens\":3,\"output_tokens\":4,\"total_tokens\":7}}"));
    }

    @Test
    void aKeyIsPassedOnlySoManyVideosAtOnce() {
        var finish = new CountDownLatch(1);
        FILES.now((request, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ncontent-length: 10\r\n\r\n01234");
            wire.await(finish);
            wire.send("56789");
        });
        String path = film();
        try (var one = content(path);
                var two = content(path)) {
            one.readUntil("01234");
            two.readUntil("01234");
            var third = gateway.get(path, "authorization", "Bearer " + Gateway.KEY);
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("retry-after")).isPresent();
            finish.countDown();
            one.readUntil("0123456789");
            two.readUntil("0123456789");
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(gateway.get(path, "authorization", "Bearer " + Gateway.KEY)
                                .statusCode())
                        .isEqualTo(200));
    }

    @Test
    void aDownloadEndsWithItsCallsTime() {
        FILES.now((request, wire) -> wire.send(
                        "HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ncontent-length: 10\r\n\r\n01234")
                .stall());
        String path = film();
        try (var reader = content(path)) {
            assertThat(reader.readAll()).startsWith("HTTP/1.1 200").endsWith("01234");
        }
    }

    private static String film() {
        ZHIPU.now(Studio.making(1, FILES.url() + "/1.mp4"));
        String id = VideosProof.json(post("/v1/videos", "{\"model\":\"cog\",\"prompt\":\"a cat\"}"))
                .path("id")
                .asText();
        VideosProof.ended(gateway, id);
        return "/v1/videos/" + id + "/content";
    }

    private static RawClient content(String path) {
        return new RawClient(gateway.port())
                .send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Gateway.KEY
                        + "\r\n\r\n");
    }

    private static HttpResponse<String> pictures(String model, int count) {
        return post(
                "/v1/images/generations",
                "{\"model\":\"" + model + "\",\"prompt\":\"a kite\",\"response_format\":\"b64_json\",\"n\":" + count
                        + "}");
    }

    private static Script file(String type, byte[] bytes) {
        return (request, wire) -> wire.send(
                        "HTTP/1.1 200 OK\r\ncontent-type: " + type + "\r\ncontent-length: " + bytes.length + "\r\n\r\n")
                .send(bytes);
    }

    private static long free() {
        return gateway.bean(BodyBudget.class).free();
    }

    private static HttpResponse<String> post(String path, String body) {
        return gateway.post(path, body, "authorization", "Bearer " + Gateway.KEY);
    }
}
