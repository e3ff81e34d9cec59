package dev.serai.testkit.zhipu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.testkit.emulator.Asking;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emulator of Zhipu's media calls checks and answers as the vendor describes. */
class ZhipuMediaEmulatorTest {

    private final ZhipuMediaEmulator emulator = new ZhipuMediaEmulator("key.one", "key.two");

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void imageIsALinkThatLeadsToAPicture() {
        var answer = post(
                "/images/generations", "{\"model\":\"glm-image\",\"prompt\":\"A red kite\",\"size\":\"1280x1280\"}");

        var picture = Asking.of("GET", answer.at("/data/0/url").asText()).send();

        assertThat(picture.headers().firstValue("content-type")).contains("image/png");
        assertThat(emulator.images()).hasSize(1);
        assertThat(emulator.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "images/generations|{\"prompt\":\"p\"}|1213",
                "images/generations|{\"model\":\"none\",\"prompt\":\"p\"}|1211",
                "images/generations|{\"model\":\"glm-image\"}|1213",
                "images/generations|{\"model\":\"glm-image\",\"prompt\":\"p\",\"quality\":\"standard\"}|1214",
                "images/generations|{\"model\":\"glm-image\",\"prompt\":\"p\",\"size\":\"1000x1280\"}|1214",
                "images/generations|{\"model\":\"cogview-4\",\"prompt\":\"p\",\"size\":\"2048x2048\"}|1214",
                "images/generations|{\"model\":\"cogview-4\",\"prompt\":\"p\",\"user_id\":\"u\"}|1214",
                "async/images/generations|{\"model\":\"cogview-4\",\"prompt\":\"p\"}|1212",
                "videos/generations|{\"model\":\"cogvideox-3\"}|1213",
                "videos/generations|{\"model\":\"cogvideox-3\",\"prompt\":\"p\",\"fps\":24}|1214",
                "videos/generations|{\"model\":\"cogvideox-2\",\"image_url\":[\"a\",\"b\"]}|1214",
                "videos/generations|{\"model\":\"vidu2-start-end\",\"image_url\":[\"a\"]}|1213",
                "videos/generations|{|1210"
            })
    void badRequestsGetTheVendorsCode(String path, String body, String code) {
        assertThat(post("/" + path, body).at("/error/code").asText()).isEqualTo(code);
    }

    @Test
    void taskIsPolledUntilItSucceedsWithTheKeyThatMadeIt() {
        String id = post(
                        "/videos/generations",
                        "{\"model\":\"cogvideox-3\",\"prompt\":\"A cat\",\"request_id\":\"gw-video-1\"}")
                .path("id")
                .asText();

        assertThat(result("key.two", id).at("/error/code").asText()).isEqualTo("1214");
        assertThat(result("key.one", id).path("task_status").asText()).isEqualTo("PROCESSING");
        assertThat(result("key.one", id).path("task_status").asText()).isEqualTo("PROCESSING");
        var done = result("key.one", id);
        assertThat(done.path("task_status").asText()).isEqualTo("SUCCESS");
        assertThat(done.at("/video_result/0/url").asText()).endsWith(id + ".mp4");
        assertThat(done.path("request_id").asText()).isEqualTo("gw-video-1");
        assertThat(emulator.polls(id)).isEqualTo(3);
    }

    @Test
    void taskMayFail() {
        emulator.course("FAIL");
        String id = post("/async/images/generations", "{\"model\":\"glm-image\",\"prompt\":\"A red kite\"}")
                .path("id")
                .asText();

        assertThat(result("key.one", id).path("task_status").asText()).isEqualTo("FAIL");
    }

    @Test
    void keysAndPlannedRefusals() {
        assertThat(Asking.of("POST", emulator.url() + "/images/generations")
                        .json()
                        .at("/error/code")
                        .asText())
                .isEqualTo("1001");
        assertThat(result("key.none", "task-1").at("/error/code").asText()).isEqualTo("1000");
        emulator.next(ZhipuMediaEmulator.Endpoint.IMAGE, new ZhipuRefusal(1302, "Rate limit reached"));

        var limited = asks("POST", "/images/generations", "key.one").body("{}").send();

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.body()).contains("\"code\":\"1302\"");
    }

    @Test
    void membersOfOtherVendorsRaiseComplaints() {
        post("/images/generations", "{\"model\":\"cogview-4\",\"prompt\":\"p\",\"n\":2,\"response_format\":\"url\"}");

        assertThat(emulator.complaints()).containsExactly("n", "response_format");
    }

    private JsonNode post(String path, String body) {
        return asks("POST", path, "key.one").body(body).json();
    }

    private JsonNode result(String key, String id) {
        return asks("GET", "/async-result/" + id, key).json();
    }

    private Asking asks(String method, String path, String key) {
        return Asking.of(method, emulator.url() + path)
                .with("Authorization", "Bearer " + key)
                .with("Content-Type", "application/json");
    }
}
