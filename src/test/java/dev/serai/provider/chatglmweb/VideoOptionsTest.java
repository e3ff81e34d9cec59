package dev.serai.provider.chatglmweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.message.FailureClass;
import dev.serai.message.GivenPicture;
import dev.serai.message.Refusal;
import dev.serai.message.VideoRequest;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoOptionsTest {

    private static VideoRequest request(Map<String, String> options, List<GivenPicture> pictures) {
        return new VideoRequest("a cat", null, null, pictures, null, null, null, null, options, List.of());
    }

    private static void assertLeftToTheNext(ThrowingCallable reads, String field) {
        assertThatThrownBy(reads).isInstanceOfSatisfying(Refusal.class, refused -> {
            assertThat(refused.failure().type()).isEqualTo(FailureClass.UNSUPPORTED);
            assertThat(refused.failure().param()).isEqualTo(field);
        });
    }

    @ParameterizedTest
    @CsvSource({"video_style, noir", "mirror_mode, left", "emotional_atmosphere, happy", "style, anime"})
    void aWordThatIsNotInTheListIsLeftToTheNextProvider(String name, String word) {
        assertLeftToTheNext(() -> VideoOptions.extra(request(Map.of(name, word), List.of())), name);
    }

    @Test
    void aTrackWithoutAKeyIsLeftToTheNextProvider() {
        assertLeftToTheNext(() -> VideoOptions.checkAudio(request(Map.of("audio_id", "track"), List.of())), "audio_id");
    }

    @Test
    void aPictureTooManyIsNamedByWhereItStands() {
        List<GivenPicture> pictures = List.of(
                new GivenPicture.Linked("image[0]", "https://f.example/1.png"),
                new GivenPicture.Linked("image[1]", "https://f.example/2.png"));
        assertLeftToTheNext(() -> VideoOptions.extra(request(Map.of(), pictures)), "image[1]");
    }
}
