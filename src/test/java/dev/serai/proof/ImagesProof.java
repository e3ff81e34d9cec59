package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures: through the door, to upstreams of two kinds, and back. */
class ImagesProof {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINK = "{\"created\":1764000000,\"data\":[{\"url\":\"%s\"}]}";

    private static final FakeUpstream OPENAI = new FakeUpstream();
    private static final FakeUpstream ZHIPU = new FakeUpstream();
    private static final FakeUpstream FILES = new FakeUpstream();
    private static Gateway gateway;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(Map.of("serai.egress.allow", "127.0.0.1/32", "serai.media.max-picture", "100KB"));
        String openai = RoutesYaml.provider("openai", OPENAI, "OPENAI_KEY_1");
        String zhipu = RoutesYaml.provider("zhipu", ZHIPU, "OPENAI_KEY_2").replace("upstream-model", "cogview-4");
        gateway.configure("{\"pics\":{\"providers\":[" + openai + "]},\"cog\":{\"providers\":[" + zhipu
                + "]},\"both\":{\"providers\":[" + zhipu + "," + openai + "]},\"words\":{\"providers\":["
                + "{\"provider\":\"simulator\",\"model\":\"demo\"}]}}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        OPENAI.close();
        ZHIPU.close();
        FILES.close();
    }

    @Test
    void openAisPicturesPassThroughToTheByte() {
        var charged = Charged.since(gateway);
        String answer = "{\"created\": 1764000000,\n \"data\":[{\"b64_json\":\"AAAA\",\"x\":1.50}],"
                + "\"usage\":{\"input_tokens\":11,\"output_tokens\":4160,\"total_tokens\":4171}}";
        OPENAI.now(Scripts.status(200, answer));
        var got = generate("{\"model\" : \"pics\", \"prompt\":\"a kite\", \"knob\":{\"b\":1.0,\"a\":1e3}}");
        assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(answer);
        assertThat(OPENAI.journal()).singleElement().satisfies(sent -> {
            assertThat(sent.path()).isEqualTo("/v1/images/generations");
            assertThat(sent.header("authorization")).isEqualTo("Bearer upstream-secret-1");
            assertThat(sent.body())
                    .isEqualTo(
                            "{\"model\" : \"upstream-model\", \"prompt\":\"a kite\", \"knob\":{\"b\":1.0,\"a\":1e3}}");
        });
        assertThat(charged.events()).singleElement().satisfies(event -> {
            assertThat(event.protocol()).isEqualTo("openai-images");
            assertThat(event.inputTokens()).isEqualTo(11);
            assertThat(event.outputTokens()).isEqualTo(4160);
            assertThat(event.estimated()).isFalse();
        });
    }

    @Test
    void aFormsPartsPassThroughToTheByteWithTheModelRenamed() {
        OPENAI.now(Scripts.status(200, "{\"created\":1,\"data\":[{\"b64_json\":\"AAAA\"}]}"));
        String form = "--edge\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\npics\r\n"
                + "--edge\r\nContent-Disposition: form-data; name=\"image[]\"; filename=\"a.png\"\r\n"
                + "Content-Type: image/png\r\n\r\nthe bytes --eg of a\r\n picture\r\n"
                + "--edge\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nmake it blue\r\n--edge--\r\n";
        var got = form("/v1/images/edits", "multipart/form-data; boundary=edge", form);
        assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
        assertThat(OPENAI.journal()).singleElement().satisfies(sent -> {
            assertThat(sent.path()).isEqualTo("/v1/images/edits");
            String frame = sent.header("content-type").replace("multipart/form-data; boundary=", "");
            assertThat(sent.body())
                    .isEqualTo(form.replace("\r\npics\r\n", "\r\nupstream-model\r\n")
                            .replace("--edge", "--" + frame));
        });
    }

    @Test
    void linksBecomeTheThingItselfForWhoAsksForIt() throws IOException {
        byte[] picture = new byte[70_000];
        new Random(7).nextBytes(picture);
        FILES.now(file("image/png", picture));
        ZHIPU.now(Scripts.status(200, LINK.formatted(FILES.url() + "/1.png")));
        var got = generate("{\"model\":\"cog\",\"prompt\":\"a kite\",\"n\":2,\"response_format\":\"b64_json\"}");
        assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
        assertThat(got.headers().firstValueAsLong("content-length"))
                .hasValue(got.body().length());
        var data = JSON.readTree(got.body()).path("data");
        assertThat(data).hasSize(2);
        for (JsonNode one : data) {
            assertThat(Base64.getDecoder().decode(one.path("b64_json").asText()))
                    .isEqualTo(picture);
        }
        OPENAI.now(Scripts.status(200, LINK.formatted(FILES.url() + "/1.png")));
        var other = generate("{\"model\":\"pics\",\"prompt\":\"a kite\",\"response_format\":\"b64_json\"}");
        assertThat(JSON.readTree(other.body()).at("/data/0/b64_json").asText())
                .isEqualTo(Base64.getEncoder().encodeToString(picture));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://localhost:%d/1.png",
                "http://[::1]:%d/1.png",
                "http://0x7f000001:%d/1.png",
                "file:///etc/passwd",
                "http://127.0.0.1@10.0.0.1/1.png"
            })
    void aHostileLinkIsNotFetched(String link) {
        FILES.now(file("image/png", new byte[10]));
        int port = Integer.parseInt(FILES.url().replaceAll(".*:(\\d+)/.*", "$1"));
        ZHIPU.now(Scripts.status(200, LINK.formatted(link.formatted(port))));
        var got = generate("{\"model\":\"cog\",\"prompt\":\"a kite\",\"response_format\":\"b64_json\"}");
        assertThat(got.statusCode()).isEqualTo(502);
        assertThat(got.body()).contains("cannot be fetched").doesNotContain("127", "10.0", "passwd", "169");
        assertThat(FILES.journal()).isEmpty();
    }

    @Test
    void redirectsAndWhatIsTooLargeAreNotFollowedAndNotHeld() {
        for (Script script : new Script[] {
            Scripts.status(302, "", "location: http://169.254.169.254/"),
            file("image/png", new byte[110_000]),
            file("text/html", new byte[10])
        }) {
            FILES.now(script);
            ZHIPU.now(Scripts.status(200, LINK.formatted(FILES.url() + "/1.png")));
            var got = generate("{\"model\":\"cog\",\"prompt\":\"a kite\",\"response_format\":\"b64_json\"}");
            assertThat(got.statusCode()).isEqualTo(502);
            assertThat(FILES.journal()).hasSize(1);
        }
    }

    @Test
    void zhipuMakesOnePictureARequest() throws IOException {
        var charged = Charged.since(gateway);
        ZHIPU.now(
                Scripts.status(
                        200,
                        "{\"created\":1,\"data\":[{\"url\":\"https://f.example/1\"}],"
                                + "\"content_filter\":[{\"role\":\"assistant\",\"level\":3}]}"),
                Scripts.status(200, LINK.formatted("https://f.example/2")));
        var got =
                generate("{\"model\":\"cog\",\"prompt\":\"a kite\",\"n\":2,\"size\":\"1024x1024\",\"quality\":\"high\","
                        + "\"user\":\"u1\",\"style\":\"vivid\",\"background\":\"opaque\"}");
        assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
        var answer = JSON.readTree(got.body());
        assertThat(answer.path("data").findValuesAsText("url"))
                .containsExactly("https://f.example/1", "https://f.example/2");
        assertThat(answer.at("/content_filter/0/level").asInt()).isEqualTo(3);
        assertThat(got.headers().firstValue("x-gateway-dropped")).contains("style,background");
        assertThat(got.headers().firstValue("x-gateway-usage")).contains("estimated");
        assertThat(ZHIPU.journal()).hasSize(2).allSatisfy(sent -> {
            assertThat(sent.path()).isEqualTo("/v1/images/generations");
            assertThat(JSON.readTree(sent.body()))
                    .isEqualTo(JSON.readTree("{\"model\":\"cogview-4\",\"prompt\":\"a kite\",\"size\":\"1024x1024\","
                            + "\"quality\":\"hd\",\"user_id\":\"user_u1\"}"));
        });
        assertThat(charged.events()).singleElement().satisfies(event -> {
            assertThat(event.estimated()).isTrue();
            assertThat(event.inputTokens()).isBetween(1L, 10L);
            assertThat(event.outputTokens()).isZero();
        });
    }

    @Test
    void picturesThatAreThereAreAnsweredThoughALaterOneFails() throws IOException {
        ZHIPU.now(Scripts.status(200, LINK.formatted("https://f.example/1")), Scripts.error(500, ""));
        var got = generate("{\"model\":\"cog\",\"prompt\":\"a kite\",\"n\":3}");
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(got.body()).path("data")).hasSize(1);
        assertThat(got.headers().firstValue("x-gateway-dropped")).contains("n");
    }

    @Test
    void whatOneProviderCannotDoGoesToTheNext() {
        ZHIPU.now(Scripts.error(500, ""));
        OPENAI.now(Scripts.status(200, LINK.formatted("https://f.example/1")));
        String edit = "{\"model\":\"%s\",\"prompt\":\"blue\",\"images\":[{\"image_url\":\"https://f.example/0\"}]}";
        var got = post("/v1/images/edits", edit.formatted("both"));
        assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
        assertThat(ZHIPU.journal()).isEmpty();
        var alone = post("/v1/images/edits", edit.formatted("cog"));
        assertThat(alone.statusCode()).isEqualTo(400);
        assertThat(alone.body()).contains("\"param\":\"image\"").contains("unsupported_parameter");
    }

    @Test
    void aWordThatOneProviderDoesNotKnowGoesToTheNext() {
        ZHIPU.now(Scripts.error(500, ""));
        OPENAI.now(Scripts.status(200, LINK.formatted("https://f.example/1")));
        var got = generate("{\"model\":\"both\",\"prompt\":\"a kite\",\"quality\":\"best\"}");
        assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
        assertThat(ZHIPU.journal()).isEmpty();
    }

    @Test
    void aFormThatNamesTwoModelsReachesNoProvider() {
        OPENAI.now(Scripts.error(500, ""));
        String head = "--edge\r\ncontent-disposition: form-data; name=\"";
        String form = head + "model\"\r\n\r\npics\r\n" + head + "model\"\r\n\r\ngpt-image-1.5\r\n" + head
                + "prompt\"\r\n\r\nblue\r\n" + head + "image\"; filename=\"a.png\"\r\n\r\nx\r\n--edge--\r\n";
        var got = form("/v1/images/edits", "multipart/form-data; boundary=edge", form);
        assertThat(got.statusCode()).isEqualTo(400);
        assertThat(got.body()).contains("\"param\":\"model\"");
        assertThat(OPENAI.journal()).isEmpty();
    }

    @Test
    void aFailedProviderIsFollowedByTheNext() {
        ZHIPU.now(Scripts.status(500, "{\"error\":{\"code\":\"1234\",\"message\":\"network\"}}"));
        OPENAI.now(Scripts.status(200, LINK.formatted("https://f.example/1")));
        var got = generate("{\"model\":\"both\",\"prompt\":\"a kite\"}");
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.headers().firstValue("x-gateway-provider")).contains("openai");
        assertThat(got.headers().firstValue("x-gateway-attempts")).contains("2");
    }

    @Test
    void aFilteredPromptIsToldAsOne() {
        ZHIPU.now(Scripts.status(
                400,
                "{\"error\":{\"code\":\"1301\",\"message\":\"Unsafe content\"},"
                        + "\"contentFilter\":[{\"level\":1,\"role\":\"user\"}]}"));
        var got = generate("{\"model\":\"cog\",\"prompt\":\"x\"}");
        assertThat(got.statusCode()).isEqualTo(400);
        assertThat(got.body()).contains("\"code\":\"content_filter\"");
        assertThat(ZHIPU.journal()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "generations | {} | prompt",
                "generations | {\"prompt\":7} | prompt",
                "generations | {\"prompt\":\"a\",\"n\":0} | n",
                "generations | {\"prompt\":\"a\",\"n\":11} | n",
                "generations | {\"prompt\":\"a\",\"size\":\"big\"} | size",
                "generations | {\"prompt\":\"a\",\"size\":\"1000x1000\"} | size",
                "generations | {\"prompt\":\"a\",\"quality\":\"best\"} | quality",
                "generations | {\"prompt\":\"\\ud800\"} | prompt",
                "generations | {\"prompt\":\"a\",\"size\":\"\\u0000\"} | size",
                "generations | {\"prompt\":\"a\",\"response_format\":\"png\"} | response_format",
                "generations | {\"prompt\":\"a\",\"stream\":true} | stream",
                "edits | {\"prompt\":\"a\"} | image",
                "edits | {\"prompt\":\"a\",\"image\":\"ftp://x/y\"} | image",
                "edits | {\"prompt\":\"a\",\"image\":\"data:image/png;base64,%%%\"} | image",
                "edits | {\"prompt\":\"a\",\"image\":{}} | image.image_url",
                "edits | {\"prompt\":\"a\",\"image\":{\"image_url\":{}}} | image.image_url",
                "edits | {\"prompt\":\"a\",\"images\":[{\"file_id\":\"f\"}]} | images[0].file_id"
            })
    void aMistakeIsToldWithItsField(String path, String body, String field) {
        ZHIPU.now(Scripts.error(500, ""));
        var got = post(
                "/v1/images/" + path, body.replaceFirst("\\{", "{\"model\":\"cog\"" + (body.equals("{}") ? "" : ",")));
        assertThat(got.statusCode()).as(got.body()).isEqualTo(400);
        assertThat(got.body()).contains("\"param\":\"" + field + "\"").contains("invalid_request_error");
        assertThat(ZHIPU.journal()).isEmpty();
    }

    @Test
    void aModelOfWordsMakesNoPictures() {
        var got = generate("{\"model\":\"words\",\"prompt\":\"a kite\"}");
        assertThat(got.statusCode()).isEqualTo(400);
        assertThat(got.body()).contains("\"param\":\"model\"").contains("No pictures are made");
        assertThat(generate("{\"model\":\"none\",\"prompt\":\"a\"}").statusCode())
                .isEqualTo(404);
        assertThat(gateway.post("/v1/images/generations", "{}").statusCode()).isEqualTo(401);
    }

    @Test
    void aLimitHoldsForPicturesAndTheirBytesAreNoTokens() {
        String poor = "Bearer " + LimitedKeys.perDay(gateway.database().jdbc(), 20);
        var refused = gateway.post(
                "/v1/images/generations", "{\"model\":\"cog\",\"prompt\":\"a kite\"}", "authorization", poor);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("insufficient_quota");

        OPENAI.now(Scripts.status(200, LINK.formatted("https://f.example/1")));
        String form = "--edge\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\npics\r\n"
                + "--edge\r\ncontent-disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n"
                + "pixels".repeat(50_000)
                + "\r\n--edge\r\ncontent-disposition: form-data; name=\"prompt\"\r\n\r\nblue\r\n--edge--\r\n";
        String enough = "Bearer " + LimitedKeys.perDay(gateway.database().jdbc(), 10_000);
        var edited = Gateway.send(gateway.request(
                        "/v1/images/edits",
                        "authorization",
                        enough,
                        "content-type",
                        "multipart/form-data; boundary=edge")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
        assertThat(edited.headers().firstValue("x-ratelimit-remaining-tokens")).isPresent();
    }

    @Test
    void aFormThatIsNoneIsRefused() {
        assertThat(form("/v1/images/edits", "multipart/form-data; boundary=edge", "--edge\r\nno")
                        .statusCode())
                .isEqualTo(400);
        assertThat(form("/v1/images/edits", "multipart/form-data", "x").statusCode())
                .isEqualTo(400);
        assertThat(form("/v1/images/edits", "text/plain", "x").statusCode()).isEqualTo(415);
    }

    private static HttpResponse<String> generate(String body) {
        return post("/v1/images/generations", body);
    }

    private static HttpResponse<String> post(String path, String body) {
        return gateway.post(path, body, "authorization", "Bearer " + Gateway.KEY);
    }

    private static HttpResponse<String> form(String path, String type, String body) {
        return Gateway.send(gateway.request(path, "authorization", "Bearer " + Gateway.KEY, "content-type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static Script file(String type, byte[] bytes) {
        return (request, wire) -> wire.send(("HTTP/1.1 200 OK\r\ncontent-type: " + type + "\r\ncontent-length: "
                                + bytes.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII))
                .send(bytes);
    }
}
