package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.Gateway;
import dev.serai.testkit.zhipu.ZhipuMediaEmulator;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures and videos at Zhipu's emulator, which takes what the vendor takes and nothing else. */
class ZhipuMediaProof {

    private static final ZhipuMediaEmulator ZHIPU = new ZhipuMediaEmulator("upstream-secret-1", "upstream-secret-2");
    private static Gateway gateway;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(VideosProof.quick());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        ZHIPU.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "cogview-4 | \"prompt\":\"a kite\",\"n\":2,\"size\":\"1344x768\",\"quality\":\"hd\",\"user\":\"me\"",
                "cogview-4-250304 | \"prompt\":\"a kite\",\"quality\":\"low\",\"watermark_enabled\":false,\"style\":\"vivid\"",
                "glm-image | \"prompt\":\"a kite\",\"size\":\"1280x1280\",\"quality\":\"high\",\"background\":\"opaque\""
            })
    void picturesAreAskedForAsTheVendorWantsIt(String model, String members) {
        serve(model);
        var answer = VideosProof.json(post("/v1/images/generations", members));
        assertThat(answer.at("/data/0/url").asText()).endsWith(".png");
        assertThat(answer.at("/content_filter/0/level").asInt()).isEqualTo(3);
        assertThat(ZHIPU.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "cogvideox-3 | \"prompt\":\"a cat\",\"seconds\":\"5\",\"size\":\"1920x1080\",\"fps\":60,\"with_audio\":true",
                "cogvideox-3 | \"image_url\":[\"https://f.example/1.png\",\"https://f.example/2.png\"],\"quality\":\"speed\"",
                "cogvideox-flash | \"prompt\":\"a cat\",\"input_reference\":{\"image_url\":\"data:image/png;base64,QUJD\"}",
                "viduq1-text | \"prompt\":\"a cat\",\"style\":\"anime\",\"aspect_ratio\":\"1:1\",\"movement_amplitude\":\"small\"",
                "vidu2-image | \"image_url\":\"https://f.example/1.png\",\"duration\":4,\"size\":\"1280x720\",\"with_audio\":true",
                "viduq1-image | \"image_url\":\"https://f.example/1.png\",\"with_audio\":false",
                "viduq1-start-end | \"image_url\":[\"https://f.example/1.png\",\"https://f.example/2.png\"],\"seconds\":5",
                "vidu2-reference | \"image_url\":\"https://f.example/1.png\",\"prompt\":\"a cat\",\"aspect_ratio\":\"16:9\""
            })
    void videosAreAskedForAsTheVendorWantsIt(String model, String members) {
        serve(model);
        var job = VideosProof.json(post("/v1/videos", members));
        assertThat(VideosProof.ended(gateway, job.path("id").asText())
                        .path("status")
                        .asText())
                .isEqualTo("completed");
        assertThat(ZHIPU.complaints()).isEmpty();
        var film = get("/v1/videos/" + job.path("id").asText() + "/content");
        assertThat(film.statusCode()).isEqualTo(200);
    }

    /** Tasks are known to the key that made them alone. */
    @Test
    void everyJobIsLookedAtWithTheKeyThatAskedForIt() {
        serve("cogvideox-3");
        int before = ZHIPU.tasks().size();
        for (int i = 0; i < 4; i++) {
            var job = VideosProof.json(post("/v1/videos", "\"prompt\":\"a cat\""));
            assertThat(VideosProof.ended(gateway, job.path("id").asText())
                            .path("status")
                            .asText())
                    .isEqualTo("completed");
        }
        var tasks = ZHIPU.tasks().subList(before, before + 4);
        assertThat(tasks).extracting(ZhipuMediaEmulator.Task::key).contains("upstream-secret-1", "upstream-secret-2");
        assertThat(tasks).allSatisfy(task -> assertThat(ZHIPU.polls(task.id())).isEqualTo(3));
    }

    private static void serve(String model) {
        gateway.configure("{\"m\":{\"providers\":[{\"provider\":\"zhipu\",\"model\":\"" + model + "\",\"baseUrl\":\""
                + ZHIPU.url() + "\",\"apiKeys\":[\"OPENAI_KEY_1\",\"OPENAI_KEY_2\"]}]}}");
    }

    private static HttpResponse<String> post(String path, String members) {
        return gateway.post(path, "{\"model\":\"m\"," + members + "}", "authorization", "Bearer " + Gateway.KEY);
    }

    private static HttpResponse<String> get(String path) {
        return gateway.get(path, "authorization", "Bearer " + Gateway.KEY);
    }
}
