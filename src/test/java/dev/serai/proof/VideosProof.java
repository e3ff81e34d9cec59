package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testkit.Charged;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.LimitedKeys;
import dev.serai.testkit.RoutesYaml;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Videos as jobs, and as calls that wait for them. */
class VideosProof {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FakeUpstream ZHIPU = new FakeUpstream();
    private static final FakeUpstream OPENAI = new FakeUpstream();
    private static final FakeUpstream FILES = new FakeUpstream();
    private static Gateway gateway;

    /** Looks follow each other quickly. */
    static Map<String, Object> quick() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("serai.egress.allow", "127.0.0.1/32");
        properties.put("serai.media.first-look", "100ms");
        properties.put("serai.media.slowest-look", "200ms");
        properties.put("serai.media.look-lease", "3s");
        properties.put("serai.media.hand-over", "3s");
        return properties;
    }

    static String routes(FakeUpstream zhipu) {
        String studio = RoutesYaml.provider("zhipu", zhipu, "OPENAI_KEY_2");
        return "\"cog\":{\"providers\":[" + studio.replace("upstream-model", "cogvideox-3") + "]},"
                + "\"vidu\":{\"providers\":[" + studio.replace("upstream-model", "viduq1-text") + "]},"
                + "\"frames\":{\"providers\":[" + studio.replace("upstream-model", "viduq1-start-end") + "]}";
    }

    @BeforeAll
    static void start() {
        gateway = Gateway.start(quick());
        serveDefaults();
    }

    private static void serveDefaults() {
        gateway.configure("{" + routes(ZHIPU) + ",\"sora\":{\"providers\":["
                + RoutesYaml.provider("openai", OPENAI, "OPENAI_KEY_1")
                + "]},\"words\":{\"providers\":[{\"provider\":\"simulator\",\"model\":\"demo\"}]}}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        ZHIPU.close();
        OPENAI.close();
        FILES.close();
    }

    @Test
    void aJobIsBegunWatchedPassedOnAndForgotten() throws IOException {
        var charged = Charged.since(gateway);
        byte[] film = new byte[300_000];
        new Random(3).nextBytes(film);
        FILES.now(file("video/mp4", film));
        ZHIPU.now(Studio.making(3, FILES.url() + "/1.mp4"));
        var begun = json(
                post("/v1/videos", "{\"model\":\"cog\",\"prompt\":\"a cat\",\"seconds\":\"5\",\"size\":\"1280x720\"}"));
        String id = begun.path("id").asText();
        assertThat(id).startsWith("video_");
        assertThat(begun.path("object").asText()).isEqualTo("video");
        assertThat(begun.path("status").asText()).isEqualTo("queued");
        assertThat(begun.path("model").asText()).isEqualTo("cog");
        assertThat(begun.path("seconds").asText()).isEqualTo("5");
        assertThat(get("/v1/videos/" + id + "/content").statusCode()).isEqualTo(400);

        var done = ended(id);
        assertThat(done.path("status").asText()).isEqualTo("completed");
        assertThat(done.path("progress").asInt()).isEqualTo(100);
        assertThat(done.path("completed_at").asLong())
                .isGreaterThanOrEqualTo(done.path("created_at").asLong());
        assertThat(bytes("/v1/videos/" + id + "/content")).isEqualTo(film);
        assertThat(bytes("/v1/videos/" + id + "/content?variant=thumbnail")).isEqualTo(film);
        assertThat(FILES.journal())
                .extracting(FakeUpstream.Received::path)
                .containsExactly("/v1/1.mp4", "/v1/1.mp4.jpg");
        assertThat(json(get("/v1/videos")).path("data").findValuesAsText("id")).contains(id);

        assertThat(charged.events()).singleElement().satisfies(event -> {
            assertThat(event.protocol()).isEqualTo("openai-videos");
            assertThat(event.provider()).isEqualTo("zhipu");
            assertThat(event.estimated()).isTrue();
            assertThat("video_" + event.id().toString().replace("-", "")).isEqualTo(id);
        });
        var deleted = json(delete("/v1/videos/" + id));
        assertThat(deleted.path("object").asText()).isEqualTo("video.deleted");
        assertThat(get("/v1/videos/" + id).statusCode()).isEqualTo(404);
        assertThat(delete("/v1/videos/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void zhipuGetsItsOwnNames() throws IOException {
        ZHIPU.now(Studio.making(1, "https://f.example/1.mp4"));
        json(post(
                "/v1/videos",
                "{\"model\":\"cog\",\"prompt\":\"a cat\",\"duration\":10,\"fps\":60,\"quality\":\"speed\","
                        + "\"with_audio\":true,\"image_url\":[\"https://f.example/a.png\",\"data:image/png;base64,QUJD\"],"
                        + "\"user\":\"u1\",\"unheard\":1}"));
        assertThat(JSON.readTree(ZHIPU.journal().getFirst().body()))
                .isEqualTo(JSON.readTree("{\"model\":\"cogvideox-3\",\"prompt\":\"a cat\",\"user_id\":\"user_u1\","
                        + "\"image_url\":[\"https://f.example/a.png\",\"data:image/png;base64,QUJD\"],\"duration\":10,"
                        + "\"with_audio\":true,\"fps\":60,\"quality\":\"speed\"}"));
        assertThat(ZHIPU.journal().getFirst().path()).isEqualTo("/v1/videos/generations");
    }

    @Test
    void aCallMayWaitForItsVideo() {
        var charged = Charged.since(gateway);
        ZHIPU.now(Studio.making(2, "https://f.example/1.mp4"));
        var answer = json(post("/v1/videos/generations", "{\"model\":\"cog\",\"prompt\":\"a cat\"}"));
        assertThat(answer.path("created").asLong()).isPositive();
        var one = answer.at("/data/0");
        assertThat(one.path("video_url").asText()).isEqualTo("https://f.example/1.mp4");
        assertThat(one.path("url").asText()).isEqualTo("https://f.example/1.mp4");
        assertThat(one.path("cover_url").asText()).isEqualTo("https://f.example/1.mp4.jpg");
        assertThat(charged.events()).hasSize(1);
    }

    @Test
    void aVideoThatFailsSaysSo() {
        ZHIPU.now(new Studio(1, "\"task_status\":\"FAIL\""));
        var job = ended(json(post("/v1/videos", "{\"model\":\"cog\",\"prompt\":\"a cat\"}"))
                .path("id")
                .asText());
        assertThat(job.path("status").asText()).isEqualTo("failed");
        assertThat(job.at("/error/code").asText()).isEqualTo("upstream_error");
        ZHIPU.now(new Studio(1, "\"task_status\":\"FAIL\""));
        assertThat(post("/v1/videos/generations", "{\"model\":\"cog\",\"prompt\":\"a cat\"}")
                        .statusCode())
                .isEqualTo(502);
    }

    @Test
    void aJobThatNobodyTakesOnIsNoJob() {
        int before = json(get("/v1/videos?limit=100")).path("data").size();
        ZHIPU.now(Scripts.status(400, "{\"error\":{\"code\":\"1301\",\"message\":\"Unsafe content\"}}"));
        var refused = post("/v1/videos", "{\"model\":\"cog\",\"prompt\":\"a cat\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("content_filter");
        assertThat(json(get("/v1/videos?limit=100")).path("data")).hasSize(before);
    }

    @Test
    void aRequestThatAProviderMayHaveIsNotSentAgain() {
        var charged = Charged.since(gateway);
        Script cut = (request, wire) -> wire.send("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":")
                .close();
        var broken = List.<Script>of(
                (request, wire) -> wire.reset(),
                (request, wire) -> wire.stall(),
                cut,
                Scripts.status(200, "{\"request_id\":\"r\"}"),
                Scripts.error(500, ""),
                Scripts.error(504, ""));
        for (var script : broken) {
            try (var first = new FakeUpstream();
                    var second = new FakeUpstream()) {
                serve(first.now(script), second.now(Studio.making(1, "https://f.example/1.mp4")));
                var told = post("/v1/videos", "{\"model\":\"two\",\"prompt\":\"a cat\"}");
                assertThat(told.statusCode()).as(told.body()).isIn(502, 504);
                assertThat(told.headers().firstValue("x-should-retry")).contains("false");
                assertThat(first.journal()).hasSize(1);
                assertThat(second.journal()).isEmpty();
                var job = json(get("/v1/videos?limit=1")).at("/data/0");
                assertThat(job.path("model").asText()).isEqualTo("two");
                assertThat(job.path("status").asText()).isEqualTo("failed");
                assertThat(job.at("/error/code").asText()).isEqualTo("lost");
            }
        }
        assertThat(charged.events())
                .hasSize(broken.size())
                .allSatisfy(event -> assertThat(event.inputTokens()).isPositive());
        serveDefaults();
    }

    @Test
    void whatAProviderPlainlyRefusesAnotherMayTakeOn() {
        for (var script : List.of(Scripts.error(503, ""), Scripts.error(429, ""), Scripts.error(401, ""))) {
            try (var first = new FakeUpstream();
                    var second = new FakeUpstream()) {
                serve(first.now(script), second.now(Studio.making(1, "https://f.example/1.mp4")));
                json(post("/v1/videos", "{\"model\":\"two\",\"prompt\":\"a cat\"}"));
            }
        }
        try (var gone = new FakeUpstream();
                var second = new FakeUpstream()) {
            gone.close();
            serve(gone, second.now(Studio.making(1, "https://f.example/1.mp4")));
            json(post("/v1/videos", "{\"model\":\"two\",\"prompt\":\"a cat\"}"));
        }
        serveDefaults();
    }

    private static void serve(FakeUpstream first, FakeUpstream second) {
        gateway.configure("{\"two\":{\"timeouts\":{\"firstByte\":\"1s\"},\"providers\":["
                + RoutesYaml.provider("zhipu", first, "OPENAI_KEY_1").replace("upstream-model", "cogvideox-3") + ","
                + RoutesYaml.provider("zhipu", second, "OPENAI_KEY_2").replace("upstream-model", "cogvideox-3")
                + "]}}");
    }

    @Test
    void aKeySeesItsOwnJobsAlone() {
        ZHIPU.now(Studio.making(1, FILES.url() + "/1.mp4"));
        String id = json(post("/v1/videos", "{\"model\":\"cog\",\"prompt\":\"a cat\"}"))
                .path("id")
                .asText();
        ended(id);
        String other = "Bearer " + LimitedKeys.perDay(gateway.database().jdbc(), 1_000_000);
        for (String path : new String[] {"/v1/videos/" + id, "/v1/videos/" + id + "/content"}) {
            assertThat(gateway.get(path, "authorization", other).statusCode()).isEqualTo(404);
        }
        assertThat(Gateway.send(gateway.request("/v1/videos/" + id, "authorization", other)
                                .DELETE()
                                .build())
                        .statusCode())
                .isEqualTo(404);
        assertThat(json(gateway.get("/v1/videos", "authorization", other)).path("data"))
                .isEmpty();
        assertThat(gateway.get("/v1/videos/" + id).statusCode()).isEqualTo(401);
        assertThat(get("/v1/videos/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void aHostileLinkIsNotFollowed() {
        for (String link : new String[] {"http://169.254.169.254/x", "http://localhost:1/x", "file:///etc/passwd"}) {
            ZHIPU.now(Studio.making(1, link));
            String id = json(post("/v1/videos", "{\"model\":\"cog\",\"prompt\":\"a cat\"}"))
                    .path("id")
                    .asText();
            ended(id);
            var got = get("/v1/videos/" + id + "/content");
            assertThat(got.statusCode()).isEqualTo(502);
            assertThat(got.body()).contains("cannot be fetched");
        }
    }

    @Test
    void aFileThatBreaksOffNeverLooksWhole() {
        String head = "HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\n";
        Script counted = (request, wire) -> wire.send(head + "content-length: 100000\r\n\r\n" + "x".repeat(50_000))
                .close();
        Script chunked = (request, wire) -> wire.send(head + "transfer-encoding: chunked\r\n\r\n")
                .chunk("x".repeat(50_000))
                .close();
        for (Script broken : new Script[] {counted, chunked}) {
            FILES.now(broken);
            ZHIPU.now(Studio.making(1, FILES.url() + "/1.mp4"));
            String id = json(post("/v1/videos", "{\"model\":\"cog\",\"prompt\":\"a cat\"}"))
                    .path("id")
                    .asText();
            ended(id);
            assertThatThrownBy(() -> bytes("/v1/videos/" + id + "/content")).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void openAisVideosComeThroughTheGatewayWithItsKey() throws IOException {
        byte[] film = new byte[100_000];
        new Random(4).nextBytes(film);
        OPENAI.now((request, wire) -> {
            if (request.path().endsWith("/content?variant=thumbnail")) {
                file("image/webp", film).play(request, wire);
            } else if (request.path().endsWith("/content")) {
                file("video/mp4", film).play(request, wire);
            } else {
                String status = request.method().equals("POST") ? "queued" : "completed";
                Scripts.status(
                                200,
                                "{\"id\":\"video_up\",\"object\":\"video\",\"seconds\":\"8\",\"size\":\"720x1280\",\"status\":\""
                                        + status + "\"}")
                        .play(request, wire);
            }
        });
        var begun = json(post("/v1/videos", "{\"model\": \"sora\",\"prompt\":\"a cat\",\"seconds\":\"8\"}"));
        assertThat(begun.path("size").asText()).isEqualTo("720x1280");
        assertThat(begun.path("seconds").asText()).isEqualTo("8");
        String id = begun.path("id").asText();
        ended(id);
        assertThat(bytes("/v1/videos/" + id + "/content?variant=thumbnail")).isEqualTo(film);
        assertThat(bytes("/v1/videos/" + id + "/content")).isEqualTo(film);
        json(delete("/v1/videos/" + id));
        Awaitility.await()
                .untilAsserted(() -> assertThat(OPENAI.journal())
                        .extracting(FakeUpstream.Received::method)
                        .contains("DELETE"));
        assertThat(OPENAI.journal())
                .allSatisfy(sent -> assertThat(sent.header("authorization")).isEqualTo("Bearer upstream-secret-1"));
        assertThat(OPENAI.journal().getFirst().body())
                .isEqualTo("{\"model\": \"upstream-model\",\"prompt\":\"a cat\",\"seconds\":\"8\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "cog | `` | prompt",
                "cog | \"prompt\":\"a\",\"seconds\":\"8\" | seconds",
                "cog | \"prompt\":\"a\",\"seconds\":\"x\" | seconds",
                "cog | \"prompt\":\"a\",\"size\":\"640x480\" | size",
                "cog | \"prompt\":\"a\",\"fps\":25 | fps",
                "cog | \"prompt\":\"a\",\"quality\":\"best\" | quality",
                "cog | \"prompt\":\"a\",\"style\":\"anime\" | style",
                "cog | \"prompt\":\"a\",\"video_style\":\"油画\" | video_style",
                "cog | \"prompt\":\"a\",\"mirror_mode\":\"水平\" | mirror_mode",
                "cog | \"prompt\":\"a\",\"emotional_atmosphere\":\"温馨和谐\" | emotional_atmosphere",
                "vidu | \"prompt\":\"a\",\"style\":\"noir\" | style",
                "vidu | \"prompt\":\"a\",\"with_audio\":true | with_audio",
                "sora | \"prompt\":\"a\",\"size\":\"\\u0000\" | size",
                "sora | \"prompt\":\"a\",\"size\":\"\\ud800\" | size",
                "vidu | \"prompt\":\"a\",\"movement_amplitude\":\"huge\" | movement_amplitude",
                "vidu | \"prompt\":\"a\",\"image_url\":\"https://f.example/1.png\" | image_url",
                "frames | \"prompt\":\"a\",\"image_url\":\"https://f.example/1.png\" | image_url",
                "words | \"prompt\":\"a\" | model"
            })
    void anOptionThatIsNotKnownIsToldByItsName(String model, String members, String field) {
        ZHIPU.now(Scripts.error(500, ""));
        String body = "{\"model\":\"" + model + "\"" + (members.isEmpty() ? "" : "," + members) + "}";
        var got = post("/v1/videos", body);
        assertThat(got.statusCode()).as(got.body()).isEqualTo(400);
        assertThat(got.body()).contains("\"param\":\"" + field + "\"").contains("\"error\"");
        assertThat(ZHIPU.journal()).isEmpty();
    }

    @Test
    void wrongQuestionsAreTold() {
        for (String path : new String[] {"?limit=0", "?limit=x", "?order=up", "?after=nobody"}) {
            assertThat(get("/v1/videos" + path).statusCode()).isEqualTo(400);
        }
        for (String id : new String[] {"nobody", "video_", "video_" + "0".repeat(32), "' or 1=1"}) {
            assertThat(get("/v1/videos/" + id.replace(" ", "%20")).statusCode()).isEqualTo(404);
        }
    }

    static JsonNode ended(Gateway gateway, String id) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> json(gateway.get("/v1/videos/" + id, "authorization", "Bearer " + Gateway.KEY)),
                        job -> job.path("status").asText().matches("completed|failed"));
    }

    private static JsonNode ended(String id) {
        return ended(gateway, id);
    }

    static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> post(String path, String body) {
        return gateway.post(path, body, "authorization", "Bearer " + Gateway.KEY);
    }

    private static HttpResponse<String> get(String path) {
        return gateway.get(path, "authorization", "Bearer " + Gateway.KEY);
    }

    private static HttpResponse<String> delete(String path) {
        return Gateway.send(gateway.request(path, "authorization", "Bearer " + Gateway.KEY)
                .DELETE()
                .build());
    }

    private static byte[] bytes(String path) {
        try (var client = HttpClient.newHttpClient()) {
            HttpRequest request = gateway.request(path, "authorization", "Bearer " + Gateway.KEY)
                    .GET()
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Script file(String type, byte[] bytes) {
        return (request, wire) -> wire.send(("HTTP/1.1 200 OK\r\ncontent-type: " + type + "\r\ncontent-length: "
                                + bytes.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII))
                .send(bytes);
    }
}
