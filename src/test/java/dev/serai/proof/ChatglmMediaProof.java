package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.chatglm.ChatglmAccount;
import dev.serai.testkit.chatglm.ChatglmAnswer;
import dev.serai.testkit.chatglm.ChatglmChat;
import dev.serai.testkit.chatglm.ChatglmEndpoint;
import dev.serai.testkit.chatglm.ChatglmGateway;
import dev.serai.testkit.chatglm.ChatglmPart;
import dev.serai.testkit.chatglm.ChatglmRefusal;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures and videos of chatglm.cn's emulator. */
class ChatglmMediaProof {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChatglmGateway stage = ChatglmGateway.shared();
    private List<ChatglmAccount> accounts = List.of();

    @BeforeEach
    void accounts() {
        accounts = stage.fresh(2);
        stage.site().videos().course("init", "processing", "finished");
    }

    @AfterEach
    void nothingWasAskedThatNoBrowserAsks() {
        assertThat(stage.site().gate().complaints()).isEmpty();
    }

    @Test
    void theDrawingAssistantsPicturesComeInTheirOrderAndItsConversationIsDeleted() {
        var answer = json(post("images/generations", "\"prompt\":\"a red bicycle\",\"size\":\"1024x1024\""));
        assertThat(answer.path("data").findValuesAsText("url"))
                .containsExactly(
                        stage.site().files().link("aa11_0_0.png"),
                        stage.site().files().link("aa11_1_0.png"));
        var asked = stage.site().chat().asked().getLast();
        assertThat(asked.assistant()).isEqualTo(ChatglmChat.DRAWING);
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(stage.site().chat().undeleted(accounts)).isEmpty());
    }

    @Test
    void asManyAsAreAskedForAndEncodedWhereThatIsAsked() throws IOException {
        var answer = json(post("images/generations", "\"prompt\":\"画\",\"n\":1,\"response_format\":\"b64_json\""));
        assertThat(answer.path("data")).hasSize(1);
        assertThat(Base64.getDecoder().decode(answer.at("/data/0/b64_json").asText()))
                .isNotEmpty();
        var many = post("images/generations", "\"prompt\":\"画\",\"n\":3");
        assertThat(json(many).path("data")).hasSize(2);
        assertThat(many.headers().firstValue("x-gateway-dropped")).contains("n");
    }

    @Test
    void picturesToBeChangedAreUploaded() {
        String form = "--edge\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\n" + stage.model()
                + "\r\n--edge\r\ncontent-disposition: form-data; name=\"prompt\"\r\n\r\nmake it blue"
                + "\r\n--edge\r\ncontent-disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n"
                + "content-type: image/png\r\n\r\npixels of a\r\n--edge--\r\n";
        var got = Gateway.send(stage.gateway()
                .request(
                        "/v1/images/edits",
                        "authorization",
                        "Bearer " + Gateway.KEY,
                        "content-type",
                        "multipart/form-data; boundary=edge")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
        assertThat(json(got).path("data")).hasSize(2);
        var upload = stage.site().files().uploads().getLast();
        assertThat(upload.part().content()).isEqualTo("pixels of a");
        assertThat(upload.part().fileName()).isEqualTo("a.png");
        assertThat(stage.site().chat().asked().getLast().files()).containsExactly(upload.id());

        json(post(
                "images/edits",
                "\"prompt\":\"画\",\"image\":\"" + stage.site().files().link("b.png") + "\""));
        assertThat(stage.site().files().uploads().getLast().part().contentType())
                .isEqualTo("image/png");
    }

    @Test
    void anotherAccountDrawsWhenOneIsLimitedAndALapsedTokenIsRenewed() {
        accounts.getFirst().always(ChatglmEndpoint.STREAM, ChatglmRefusal.TOO_FREQUENT);
        for (int i = 0; i < 4; i++) {
            json(post("images/generations", "\"prompt\":\"画\""));
        }
        accounts.getFirst().always(ChatglmEndpoint.STREAM, null);
        accounts.forEach(stage.site().accounts()::killAccess);
        json(post("images/generations", "\"prompt\":\"画\""));
    }

    @Test
    void wordsWithoutAPictureAndABlockedPromptAreErrors() {
        stage.site().chat().answers(asked -> ChatglmAnswer.of(ChatglmPart.text("I cannot draw.")));
        assertThat(post("images/generations", "\"prompt\":\"画\"").statusCode()).isEqualTo(502);
        stage.site()
                .chat()
                .answers(asked -> ChatglmAnswer.of(ChatglmPart.text("No")).intervenes("This cannot be drawn."));
        var blocked = post("images/generations", "\"prompt\":\"画\"");
        assertThat(blocked.statusCode()).isEqualTo(400);
        assertThat(blocked.body()).contains("content_filter").contains("This cannot be drawn.");
        stage.site()
                .chat()
                .answers(asked -> ChatglmAnswer.of(
                        ChatglmPart.text("Here: ![a](" + stage.site().files().link("1.png") + ")")));
        assertThat(json(post("images/generations", "\"prompt\":\"画\""))
                        .at("/data/0/url")
                        .asText())
                .isEqualTo(stage.site().files().link("1.png"));
    }

    @Test
    void aVideoFromWordsIsAJobOfTheAccountThatAskedForIt() {
        var job = json(post(
                "videos",
                "\"prompt\":\"a cat walks\",\"video_style\":\"油画\",\"emotional_atmosphere\":\"温馨和谐\","
                        + "\"mirror_mode\":\"推近\""));
        var done = VideosProof.ended(stage.gateway(), job.path("id").asText());
        assertThat(done.path("status").asText()).isEqualTo("completed");
        var submitted = stage.site().videos().submitted().getLast();
        assertThat(submitted.body().at("/advanced_parameter_extra/video_style").asText())
                .isEqualTo("油画");
        assertThat(submitted.body().has("source_list")).isFalse();
        assertThat(stage.site().videos().polls(submitted.id())).isEqualTo(3);
        var film = stage.gateway()
                .get("/v1/videos/" + job.path("id").asText() + "/content", "authorization", "Bearer " + Gateway.KEY);
        assertThat(film.statusCode()).isEqualTo(200);
        assertThat(film.headers().firstValue("content-type")).contains("video/mp4");

        Gateway.send(stage.gateway()
                .request("/v1/videos/" + job.path("id").asText(), "authorization", "Bearer " + Gateway.KEY)
                .DELETE()
                .build());
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(stage.site().videos().undeleted()).doesNotContain(submitted.id()));
    }

    @Test
    void aVideoFromAPictureWithASoundTrackAnswersAsHelloGmlDid() {
        var answer = json(post(
                "videos/generations",
                "\"prompt\":\"it walks\",\"image_url\":\"data:image/png;base64,QUJD\",\"audio_id\":\"key-track-1\""));
        var submitted = stage.site().videos().submitted().getLast();
        assertThat(submitted.body().path("source_list")).hasSize(1);
        var one = answer.at("/data/0");
        assertThat(one.path("video_url").asText())
                .isEqualTo(stage.site().files().link(submitted.id() + "-sound.mp4"));
        assertThat(one.path("cover_url").asText())
                .isEqualTo(stage.site().files().link(submitted.id() + ".png"));
        assertThat(one.path("video_duration").asText()).isEqualTo("6s");
        assertThat(one.path("resolution").asText()).isEqualTo("1440 × 960");
        assertThat(one.path("conversation_id").asText()).startsWith("66f0b");
    }

    @Test
    void aVideoThatFailsAndALookThatIsRefusedAreNotTheSame() {
        stage.site().videos().course("init", "failed");
        var job = json(post("videos", "\"prompt\":\"a cat\""));
        assertThat(VideosProof.ended(stage.gateway(), job.path("id").asText())
                        .path("status")
                        .asText())
                .isEqualTo("failed");
        stage.site().videos().course("finished");
        stage.site().next(ChatglmEndpoint.VIDEO_STATUS, ChatglmRefusal.RATE_LIMITED, ChatglmRefusal.ACCESS_DEAD);
        var other = json(post("videos", "\"prompt\":\"a cat\""));
        assertThat(VideosProof.ended(stage.gateway(), other.path("id").asText())
                        .path("status")
                        .asText())
                .isEqualTo("completed");
    }

    @Test
    void aSoundTrackIsNotAskedForAgainWhereItIsRefusedForGood() {
        stage.site().videos().course("finished");
        for (var refusal :
                List.of(ChatglmRefusal.BAD_REQUEST, ChatglmRefusal.UNKNOWN_JOB, ChatglmRefusal.NOT_ALLOWED)) {
            int before = stage.site().calls(ChatglmEndpoint.VIDEO_SOUND);
            stage.site().next(ChatglmEndpoint.VIDEO_SOUND, refusal);
            var job = json(post("videos", "\"prompt\":\"a cat\",\"audio_id\":\"key-track-1\""));
            var ended = VideosProof.ended(stage.gateway(), job.path("id").asText());
            assertThat(ended.at("/error/message").asText()).contains("sound track");
            assertThat(stage.site().calls(ChatglmEndpoint.VIDEO_SOUND)).isEqualTo(before + 1);
        }
        stage.site().next(ChatglmEndpoint.VIDEO_SOUND, ChatglmRefusal.RATE_LIMITED);
        var job = json(post("videos", "\"prompt\":\"a cat\",\"audio_id\":\"key-track-1\""));
        assertThat(VideosProof.ended(stage.gateway(), job.path("id").asText())
                        .path("status")
                        .asText())
                .isEqualTo("completed");
    }

    @Test
    void aLookThatTellsNoStatusEndsNothing() {
        stage.site().videos().course("", "finished");
        var job = json(post("videos", "\"prompt\":\"a cat\""));
        assertThat(VideosProof.ended(stage.gateway(), job.path("id").asText())
                        .path("status")
                        .asText())
                .isEqualTo("completed");
    }

    @Test
    void aVideoThatTheServiceMayMakeIsNotAskedForAgain() {
        int before = stage.site().calls(ChatglmEndpoint.VIDEO);
        stage.site().next(ChatglmEndpoint.VIDEO, (request, wire) -> wire.reset());
        assertThat(post("videos", "\"prompt\":\"a cat\"").statusCode()).isEqualTo(502);
        assertThat(stage.site().calls(ChatglmEndpoint.VIDEO)).isEqualTo(before + 1);
    }

    @Test
    void aPictureThatCouldNotBeUploadedLeavesTheVideoToAnotherAccount() {
        stage.site().next(ChatglmEndpoint.VIDEO_UPLOAD, (request, wire) -> wire.reset());
        json(post("videos", "\"prompt\":\"it walks\",\"image_url\":\"data:image/png;base64,QUJD\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "video_style | 水墨 | 卡通3D",
                "emotional_atmosphere | happy | 温馨和谐",
                "mirror_mode | left | 水平",
                "audio_id | track | key-id",
                "size | 1280x720 | size",
                "style | anime | style"
            })
    void anOptionOutsideItsListIsRefusedByItsName(String field, String value, String told) {
        int before = stage.site().videos().submitted().size();
        var got = post("videos", "\"prompt\":\"a cat\",\"" + field + "\":\"" + value + "\"");
        assertThat(got.statusCode()).as(got.body()).isEqualTo(400);
        assertThat(got.body()).contains("\"param\":\"" + field + "\"").contains(told);
        assertThat(stage.site().videos().submitted()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/a.png", "http://localhost/a.png", "http://[::1]/a.png"})
    void aHostilePictureIsNotFetched(String url) {
        for (String path : new String[] {"images/edits", "videos"}) {
            var got = post(path, "\"prompt\":\"画\",\"image_url\":\"" + url + "\"");
            assertThat(got.statusCode()).as(got.body()).isEqualTo(400);
            assertThat(got.body()).contains("\"param\":\"image_url\"");
            var inList = post(path, "\"prompt\":\"画\",\"image\":[\"" + url + "\"]");
            assertThat(inList.statusCode()).as(inList.body()).isEqualTo(400);
            assertThat(inList.body()).contains("\"param\":\"image[0]\"");
        }
    }

    private HttpResponse<String> post(String path, String members) {
        return stage.gateway()
                .post(
                        "/v1/" + path,
                        "{\"model\":\"" + stage.model() + "\"," + members + "}",
                        "authorization",
                        "Bearer " + Gateway.KEY);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
