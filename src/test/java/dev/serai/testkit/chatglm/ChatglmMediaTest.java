package dev.serai.testkit.chatglm;

import static dev.serai.testkit.emulator.Examples.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.serai.json.Json;
import dev.serai.testkit.emulator.Asking;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Uploads, pictures and videos of the emulator of chatglm.cn. */
class ChatglmMediaTest {

    private final ChatglmEmulator emulator = new ChatglmEmulator(ChatglmCaller.CLOCK);
    private final ChatglmCaller caller = new ChatglmCaller(emulator);
    private final ChatglmAccount account = emulator.accounts().register();
    private final String token = emulator.accounts().accessToken(account);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void uploadNeedsNoSignatureAndIsKnownToTheTurn() {
        var upload = caller.asks(ChatglmEndpoint.UPLOAD, account, token)
                .without("X-Sign")
                .file("图.png", "image/png", "pixels")
                .json()
                .path("result");
        var body = ChatglmCaller.body("", "What is this?");
        var image = Json.object().put("type", "image");
        image.putArray("image")
                .addObject()
                .put("file_id", upload.path("file_id").asText())
                .put("image_url", upload.path("file_url").asText());
        ((ArrayNode) body.at("/messages/0/content")).add(image);

        caller.turn(account, "", "").body(body.toString()).send();

        assertThat(upload.path("file_name").asText()).isEqualTo("图.png");
        assertThat(upload.path("width").asInt()).isEqualTo(1);
        assertThat(emulator.files().uploads().getFirst().part().content()).isEqualTo("pixels");
        assertThat(emulator.chat().asked().getFirst().files())
                .containsExactly(upload.path("file_id").asText());
        assertThat(emulator.gate().complaints()).isEmpty();
    }

    @Test
    void newerUploadMayAnswerWithAnArray() {
        emulator.files().answersInArrays();

        var result = caller.asks(ChatglmEndpoint.CHAT_UPLOAD, account, token)
                .file("a.txt", "text/plain", "text")
                .json()
                .path("result");

        assertThat(result.path(0).path("file_id").asText()).isEqualTo("file-1");
        assertThat(result.path(0).has("width")).isFalse();
    }

    @Test
    void drawingGivesLinksThatLeadToPictures() {
        var body = ChatglmCaller.body("", "画 a red bicycle").put("assistant_id", ChatglmChat.DRAWING);
        var frames =
                data(caller.turn(account, "", "").body(body.toString()).send().body());

        String link = frames.get(1).at("/parts/0/content/0/image/0/image_url").asText();
        var picture = Asking.of("GET", link).send();

        assertThat(picture.headers().firstValue("content-type")).contains("image/png");
        assertThat(frames.getLast().path("status").asText()).isEqualTo("finish");
    }

    @Test
    void videoIsPolledUntilItIsFinishedAndThenDeleted() {
        String id = video("{\"conversation_id\":\"\",\"prompt\":\"a cat walks\",\"advanced_parameter_extra\":"
                        + "{\"emotional_atmosphere\":\"温馨和谐\",\"mirror_mode\":\"\",\"video_style\":\"油画\"}}")
                .json()
                .at("/result/chat_id")
                .asText();

        assertThat(status(id)).isEqualTo("init");
        assertThat(status(id)).isEqualTo("processing");
        assertThat(status(id)).isEqualTo("finished");
        assertThat(emulator.videos().undeleted()).containsExactly(id);
        asks("DELETE", "/chatglm/video-api/v1/chat/" + id).send();
        assertThat(emulator.videos().undeleted()).isEmpty();
        assertThat(asks("GET", "/chatglm/video-api/v1/chat/status/" + id)
                        .json()
                        .path("status")
                        .asInt())
                .isEqualTo(10404);
    }

    @Test
    void videoTakesOnlyUploadsOfTheAccountAndKnownSettings() {
        assertThat(video("{\"prompt\":\"a\",\"source_list\":[\"src-1\"]}")
                        .send()
                        .statusCode())
                .isEqualTo(400);
        assertThat(video("{\"prompt\":\"a\",\"advanced_parameter_extra\":{\"video_style\":\"none\"}}")
                        .send()
                        .statusCode())
                .isEqualTo(400);
        String source = asks("POST", ChatglmEndpoint.VIDEO_UPLOAD.path())
                .file("a.png", "image/png", "pixels")
                .json()
                .at("/result/source_id")
                .asText();

        assertThat(video("{\"prompt\":\"a\",\"source_list\":[\"" + source + "\"]}")
                        .send()
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void videoGetsASoundTrack() {
        String id = video("{\"prompt\":\"a cat walks\"}")
                .json()
                .at("/result/chat_id")
                .asText();

        var answer = asks("POST", ChatglmEndpoint.VIDEO_SOUND.path())
                .with("Content-Type", "application/json")
                .body("{\"chat_id\":\"" + id + "\",\"key\":\"k\",\"audio_id\":\"7\"}")
                .json();

        assertThat(answer.at("/result/url").asText()).endsWith("v-1-sound.mp4");
    }

    private String status(String id) {
        return asks("GET", "/chatglm/video-api/v1/chat/status/" + id)
                .json()
                .at("/result/status")
                .asText();
    }

    private Asking video(String body) {
        return asks("POST", ChatglmEndpoint.VIDEO.path())
                .with("Content-Type", "application/json")
                .body(body);
    }

    private Asking asks(String method, String path) {
        return caller.asks(method, path)
                .with("X-Device-Id", account.deviceId())
                .with("Authorization", "Bearer " + token);
    }
}
