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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    void whatIsSetIsSetInTheFormAndTheRestStays() {
        ObjectNode more = Json.object().put("n", 4).put("knob", "x");
        String sent =
                new String(OpenAiImagesProtocol.sent(envelope(FORM, TYPE), "m", more), StandardCharsets.ISO_8859_1);
        assertThat(sent)
                .contains("name=\"model\"\r\n\r\nm\r\n--edge")
                .contains("name=\"n\"\r\n\r\n4\r\n--edge")
                .contains("name=\"knob\"\r\n\r\nx\r\n--edge")
                .contains("\r\n--edg\r\n\0\r\n--edge")
                .endsWith("--edge--\r\nepilogue");
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
        assertThat(request.pictures().getFirst()).isEqualTo(new GivenPicture.Linked("https://f.example/1.png"));
        assertThat(request.pictures().getLast()).isEqualTo(new GivenPicture.Linked("http://f.example/2.png"));
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
