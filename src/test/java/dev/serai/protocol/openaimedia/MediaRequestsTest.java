package dev.serai.protocol.openaimedia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.GivenPicture;
import dev.serai.message.Refusal;
import dev.serai.protocol.Envelope;
import dev.serai.testkit.FakeHead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaRequestsTest {

    private static final String TYPE = "multipart/form-data; boundary=edge";
    private static final String FORM =
            "preamble\r\n--edge\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nblue\r\n"
                    + "--edge\r\ncontent-disposition: form-data; name=\"n\"\r\n\r\n2\r\n"
                    + "--edge\r\ncontent-disposition: form-data; name=\"image[]\"; filename=\"a.png\"\r\n"
                    + "content-type: image/png\r\n\r\n\r\n--edg\r\n\0\r\n"
                    + "--edge\r\ncontent-disposition: form-data; name=\"empty\"\r\n\r\n\r\n--edge--\r\nepilogue";

    private static Envelope envelope(String body, String type) {
        return new OpenAiImagesProtocol().read(body.getBytes(StandardCharsets.ISO_8859_1), head(type));
    }

    private static FakeHead head(String type) {
        return FakeHead.ofHeaders(Map.of("content-type", type));
    }

    @Test
    void aFormIsReadWithoutItsFrame() {
        var request = OpenAiImagesProtocol.images(envelope(FORM, TYPE), true);
        assertThat(request.prompt()).isEqualTo("blue");
        assertThat(request.count()).isEqualTo(2);
        assertThat(request.others()).containsExactly("empty");
        assertThat(request.pictures()).singleElement().isInstanceOfSatisfying(GivenPicture.Sent.class, picture -> {
            assertThat(picture.name()).isEqualTo("a.png");
            assertThat(picture.mediaType()).isEqualTo("image/png");
            assertThat(picture.bytes()).isEqualTo("\r\n--edg\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
        });
    }

    @Test
    void aModelThatIsNotNamedIsTheOneForUnknownNames() {
        assertThat(envelope(FORM, TYPE).model()).isEqualTo("default");
        assertThat(envelope("{}", "application/json").model()).isEqualTo("default");
    }

    @Test
    void whatIsSetIsSetInTheFormAndTheRestStaysInAFrameOfOurOwn() {
        ObjectNode more = Json.object().put("n", 4).put("knob", "x");
        var sent = OpenAiImagesProtocol.sent(envelope(FORM, TYPE), "m", more);
        assertThat(sent.contentType()).matches("multipart/form-data; boundary=----serai[0-9a-f]{32}");
        String frame = "--" + sent.contentType().split("=", 2)[1];
        assertThat(new String(sent.bytes(), StandardCharsets.ISO_8859_1))
                .isEqualTo(String.join(
                        "\r\n",
                        frame + "\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm",
                        frame + "\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n4",
                        frame + "\r\nContent-Disposition: form-data; name=\"knob\"\r\n\r\nx",
                        frame + "\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nblue",
                        frame + "\r\nContent-Disposition: form-data; name=\"image[]\"; filename=\"a.png\"\r\n"
                                + "Content-Type: image/png\r\n\r\n\r\n--edg\r\n\0",
                        frame + "\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n",
                        frame + "--\r\n"));
    }

    /** Otherwise the model that a key may use and the model that is asked for could be two. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=\"model\"\r\n\r\na\r\n--edge\r\nContent-Disposition: form-data; name=\"model\"",
                "name=\"model\"; filename=\"x\"",
                "filename=x; name=model",
                "name=\"model\"\r\nContent-Type: image/png",
                "name=\"model[]\"",
                "name=\"model[0]\""
            })
    void theModelIsOnePlainField(String head) {
        assertRefused("--edge\r\nContent-Disposition: form-data; " + head + "\r\n\r\nb\r\n--edge--", TYPE, "model");
    }

    @ParameterizedTest
    @CsvSource({
        "n, n, n",
        "image, image[], image",
        "image[], image, image",
        "prompt, prompt; filename=x, prompt",
        "prompt; filename=x, prompt, prompt"
    })
    void aFieldThatIsGivenTwiceIsRefused(String one, String other, String field) {
        String head = "--edge\r\ncontent-disposition: form-data; name=";
        assertRefused(head + one + "\r\n\r\n1\r\n" + head + other + "\r\n\r\n2\r\n--edge--", TYPE, field);
    }

    @Test
    void listsAndFilesMayHaveMoreThanOnePart() {
        String head = "--edge\r\ncontent-disposition: form-data; name=";
        String list = head + "prompt\r\n\r\na\r\n" + head + "images[]\r\n\r\nhttps://f.example/1.png\r\n" + head
                + "images[]\r\n\r\nhttps://f.example/2.png\r\n" + head + "image; filename=a.png\r\n\r\n1\r\n" + head
                + "image; filename=b.png\r\n\r\n2\r\n--edge--";
        assertThat(OpenAiImagesProtocol.images(envelope(list, TYPE), true).pictures())
                .hasSize(4);
    }

    @Test
    void quotedParametersAreNotReadInto() {
        String part = "--B\r\nContent-Disposition: form-data; filename=\"a;name=model\"; name=\"image\"\r\n\r\nx"
                + "\r\n--B\r\nContent-Disposition: form-data; x=\"\\\"; name=model\"; name=prompt\r\n\r\ny\r\n--B--";
        var envelope = envelope(part, "multipart/form-data; x=\";boundary=A\"; boundary=B");
        assertThat(envelope.model()).isEqualTo("default");
        assertThat(OpenAiImagesProtocol.images(envelope, true).prompt()).isEqualTo("y");
        assertThat(OpenAiImagesProtocol.sent(envelope, "m", Json.object()).contentType())
                .doesNotContain("boundary=A", "boundary=B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"edge",
                "multipart/form-data; boundary=other; boundary=edge",
                "multipart/form-data; boundary=\"ed\"ge",
                "multipart/form-data; boundary=a*b"
            })
    void aBoundaryThatIsNotClearIsRefused(String type) {
        assertRefused(FORM, type, "Content-Type");
    }

    /** Such as would take minutes if every byte were compared anew. */
    @Test
    @Timeout(10)
    void aFormThatLooksLikeItsBoundaryIsReadInOnePass() {
        String type = "multipart/form-data; boundary=" + "-".repeat(69) + "b";
        String line = "\r\n" + "-".repeat(70);
        String picture = line.repeat(200_000) + "-".repeat(10_000_000);
        String body = "--" + "-".repeat(69) + "b\r\ncontent-disposition: form-data; name=model\r\n\r\n" + picture
                + "\r\n--" + "-".repeat(69) + "b--";
        for (int i = 0; i < 10; i++) {
            assertThat(envelope(body, type).model()).hasSize(picture.length());
        }
    }

    @Test
    void aFormIsReadOnce() {
        var envelope = envelope(FORM, TYPE);
        assertThat(MediaEnvelopes.formOf(envelope)).isSameAs(envelope.parsed()).isNotNull();
        assertThat(envelope.withoutBody().parsed()).isNull();
    }

    private static void assertRefused(String body, String type, String field) {
        assertInvalid(() -> envelope(body, type), field);
    }

    @Test
    void onlyTheTextsOfAFormAreCounted() {
        var envelope = envelope(FORM, TYPE);
        assertThat(new String(new OpenAiImagesProtocol().counted(envelope), StandardCharsets.UTF_8))
                .isEqualTo("{\"prompt\":\"blue\",\"n\":\"2\",\"empty\":\"\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--edge",
                "--edge\r\n",
                "--edge\r\n\r\n\r\n--edge--",
                "--edge\r\ncontent-disposition: form-data\r\n\r\nx\r\n--edge--",
                "--edge\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\nx",
                "--edge\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\nx--edge--"
            })
    void aFormThatIsNoneIsRefused(String body) {
        assertThatThrownBy(() -> envelope(body, TYPE)).isInstanceOf(Refusal.class);
    }

    @Test
    void aFormOfTooManyPartsIsRefused() {
        String part = "--edge\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\nx\r\n";
        assertThatThrownBy(() -> envelope(part.repeat(65) + "--edge--", TYPE)).isInstanceOf(Refusal.class);
    }

    @Test
    void pictureComesInManyForms() {
        var request = OpenAiImagesProtocol.images(
                envelope(
                        "{\"prompt\":\"a\",\"image\":[\"https://f.example/1.png\",\"QUJD\"],\"image_url\":\"\","
                                + "\"images\":[{\"image_url\":\"data:image/png;base64,QUJD\"},"
                                + "{\"image_url\":{\"url\":\"http://f.example/2.png\"}}]}",
                        "application/json"),
                true);
        assertThat(request.pictures()).hasSize(4);
        assertThat(request.pictures().getFirst())
                .isEqualTo(new GivenPicture.Linked("image[0]", "https://f.example/1.png"));
        assertThat(request.pictures().getLast())
                .isEqualTo(new GivenPicture.Linked("images[1].image_url", "http://f.example/2.png"));
    }

    @Test
    void aVideosOptionsAreTextsAndItsSecondsANumber() {
        var request = OpenAiVideosProtocol.video(envelope(
                "{\"prompt\":\"a\",\"seconds\":\"8\",\"fps\":60,\"video_style\":\"油画\",\"knob\":1}"
                        .replace("油画", "oil"),
                "application/json"));
        assertThat(request.seconds()).isEqualTo(8);
        assertThat(request.options()).containsEntry("fps", "60").containsEntry("video_style", "oil");
        assertThat(request.others()).isEqualTo(List.of("knob"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "size | 1024\\u0000",
                "size | \\ud800",
                "size | a b",
                "size | 111111111111111111111111111111111",
                "quality | \\u0000",
                "style | a\\nb",
                "user | \\udc00",
                "prompt | a \\ud83d"
            })
    void aTextThatCannotBeKeptIsRefusedWithItsField(String field, String value) {
        String body = "{\"prompt\":\"a\",\"" + field + "\":\"" + value + "\"}";
        var envelope = envelope(body, "application/json");
        assertInvalid(() -> OpenAiImagesProtocol.images(envelope, false), field);
        assertInvalid(() -> OpenAiVideosProtocol.video(envelope), field);
    }

    @Test
    void aTrackThatIsNoWordIsRefused() {
        var envelope = envelope("{\"prompt\":\"a\",\"audio_id\":\"key-" + "1".repeat(200) + "\"}", "application/json");
        assertInvalid(() -> OpenAiVideosProtocol.video(envelope), "audio_id");
    }

    private static void assertInvalid(ThrowingCallable reads, String field) {
        assertThatThrownBy(reads)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refused -> assertThat(refused.failure().param()).isEqualTo(field));
    }

    /** The law of everything that reads bytes of strangers. */
    @Test
    void whateverComesIsReadOrRefused() {
        var random = new Random(11);
        String json = "{\"prompt\":\"a\",\"n\":\"2\",\"image\":[{\"image_url\":\"data:image/png;base64,QUJD\"}],"
                + "\"seconds\":\"5\",\"mask\":\"QUJD\",\"watermark_enabled\":\"true\",\"fps\":30}";
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            boolean form = random.nextBoolean();
            byte[] body = mutated((form ? FORM : json).getBytes(StandardCharsets.ISO_8859_1), random);
            var failure = catchThrowableOfType(
                    RuntimeException.class,
                    () -> all(new OpenAiImagesProtocol().read(body, head(form ? TYPE : "application/json"))));
            assertThat(failure)
                    .as("mutation %s", i)
                    .satisfiesAnyOf(
                            thrown -> assertThat(thrown).isNull(),
                            thrown -> assertThat(thrown).isInstanceOf(Refusal.class));
            read += failure == null ? 1 : 0;
        }
        assertThat(read).isGreaterThan(1_000);
    }

    private static void all(Envelope envelope) {
        new OpenAiImagesProtocol().counted(envelope);
        OpenAiImagesProtocol.sent(envelope, "m", Json.object().put("n", 1));
        OpenAiVideosProtocol.video(envelope);
        OpenAiImagesProtocol.images(envelope, true);
    }

    private static byte[] mutated(byte[] body, Random random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }
}
