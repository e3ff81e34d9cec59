package dev.serai.proof;

import static dev.serai.proof.ZaiWebUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.Gateway;
import dev.serai.testkit.Scripts;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images on their way to the kind {@code zai-web}, which wants them uploaded by an account first. */
class ZaiWebImagesProof {

    private static final String INLINE = "data:image/png;base64,cGljdHVyZQ==";
    private static Gateway gateway;

    private ZaiWebUpstream upstream;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(Map.of(
                "TOKEN_POOL_SIZE", "1", "ZAI_ACCOUNT", ZaiWebUpstream.ACCOUNT, "serai.egress.allow", "127.0.0.0/8"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void open() {
        upstream = new ZaiWebUpstream();
        configure(",\"apiKeys\":[\"ZAI_ACCOUNT\"]");
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private void configure(String more) {
        gateway.configure("{\"m\":{\"providers\":[{\"provider\":\"zai-web\",\"model\":\"glm-4.6v\",\"endpoint\":\""
                + upstream.url() + "\"" + more + "}]}}");
    }

    private static HttpResponse<String> ask(String... images) {
        var parts = new StringBuilder("{\"type\":\"text\",\"text\":\"What is this?\"}");
        for (var image : images) {
            parts.append(",{\"type\":\"image_url\",\"image_url\":{\"url\":\"")
                    .append(image)
                    .append("\"}}");
        }
        return gateway.chat("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[" + parts + "]}]}");
    }

    @Test
    void anImageIsUploadedByAnAccountAndNamedInTheRequest() {
        var answer = ask(INLINE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var file = upstream.received("/api/v1/files/").findFirst().orElseThrow();
        assertThat(file.method()).isEqualTo("POST");
        assertThat(file.header("content-type")).startsWith("multipart/form-data; boundary=");
        assertThat(file.header("referer")).isEqualTo("https://chat.z.ai/c/chat-1");
        assertThat(file.header("authorization")).isEqualTo("Bearer " + ZaiWebUpstream.ACCOUNT);
        assertThat(file.body()).contains("name=\"file\"; filename=\"image-1.png\"", "image/png", "\r\n\r\npicture\r\n");
        var sent = json(upstream.asked().getFirst().body());
        assertThat(sent.at("/messages/0/content/1/image_url/url").asText()).isEqualTo("file-1");
        assertThat(sent.path("signature_prompt").asText()).isEqualTo("What is this?");
        var listed = sent.at("/files/0");
        assertThat(listed.path("id").asText()).isEqualTo("file-1");
        assertThat(listed.path("url").asText()).isEqualTo("/api/v1/files/file-1/content");
        assertThat(listed.path("ref_user_msg_id").asText())
                .isEqualTo(sent.path("current_user_message_id").asText());
    }

    @Test
    void theOldProfileNamesFilesInItsOwnWay() {
        configure(",\"apiKeys\":[\"ZAI_ACCOUNT\"],\"customParams\":{\"profile\":\"P2025\"}");
        assertThat(ask(INLINE).statusCode()).isEqualTo(200);
        var sent = json(upstream.received("/api/chat/completions")
                .findFirst()
                .orElseThrow()
                .body());
        assertThat(sent.at("/messages/0/content/1/image_url/url").asText()).isEqualTo("file-1_image.png");
    }

    @Test
    void anImageOfAUrlIsFetchedAndUploaded() {
        upstream.at(
                "/a.png",
                (request, wire) ->
                        wire.send("HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 7\r\n\r\nfetched"));
        var answer = ask(upstream.url() + "/a.png", INLINE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var files = upstream.received("/api/v1/files/").toList();
        assertThat(files).hasSize(2);
        assertThat(files.getFirst().body()).contains("\r\n\r\nfetched\r\n");
        assertThat(upstream.received("/a.png").findFirst().orElseThrow().headers())
                .doesNotContainKeys("authorization", "cookie");
    }

    @Test
    void aUrlOfTheInsideIsRefusedWithTheFieldAndNothingIsAsked() {
        for (var url : List.of("http://10.0.0.1/a.png", "http://169.254.169.254/a", "file:///etc/passwd")) {
            var answer = ask(url);
            assertThat(answer.statusCode()).as(url + ' ' + answer.body()).isEqualTo(400);
            assertThat(json(answer.body()).at("/error/param").asText()).startsWith("messages[0].content[1]");
        }
        assertThat(upstream.received("/api/v1/files/")).isEmpty();
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void whatIsNoImageIsRefusedWithTheField() {
        for (var image : List.of("data:image/svg+xml;base64,PHN2Zy8+", "data:image/png;base64,")) {
            var answer = ask(image);
            assertThat(answer.statusCode()).as(image + ' ' + answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("messages[0].content[1]");
        }
        assertThat(upstream.received("/api/v1/files/")).isEmpty();
    }

    @Test
    void aGuestMayNotUploadAndTheFieldIsNamed() {
        configure("");
        var answer = ask(INLINE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer.body()).at("/error/param").asText()).isEqualTo("messages[0].content[1]");
        assertThat(answer.body()).contains("guests");
        assertThat(upstream.received("/api/v1/files/")).isEmpty();
    }

    @Test
    void anImageThatAGuestMayNotUploadGoesToTheAccountAfterIt() {
        var provider = "{\"provider\":\"zai-web\",\"model\":\"glm-4.6v\",\"endpoint\":\"" + upstream.url() + "\"";
        gateway.configure(
                "{\"m\":{\"providers\":[" + provider + "}," + provider + ",\"apiKeys\":[\"ZAI_ACCOUNT\"]}]}}");
        var answer = ask(INLINE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var file = upstream.received("/api/v1/files/").findFirst().orElseThrow();
        assertThat(file.header("authorization")).isEqualTo("Bearer " + ZaiWebUpstream.ACCOUNT);
    }

    @Test
    void aRequestThatIsMadeAgainDoesNotUploadAgain() {
        upstream.then(Scripts.status(426, "{\"error\":{\"detail\":\"client version check failed\",\"code\":426}}"));
        assertThat(ask(INLINE).statusCode()).isEqualTo(200);
        assertThat(upstream.asked()).hasSize(2);
        assertThat(upstream.received("/api/v1/files/")).hasSize(1);
        assertThat(json(upstream.asked().get(1).body())
                        .at("/messages/0/content/1/image_url/url")
                        .asText())
                .isEqualTo("file-1");
    }

    @Test
    void anUploadThatFailsIsTheProvidersFault() {
        upstream.at("/api/v1/files/", Scripts.status(500, "{\"detail\":\"x\"}"));
        assertThat(ask(INLINE).statusCode()).isEqualTo(502);
        assertThat(upstream.asked()).isEmpty();
    }
}
