package dev.serai.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.media.EncodedPictures.One;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EncodedPicturesTest {

    @Test
    void theLengthIsKnownBeforeAndNothingIsLost() throws IOException {
        var random = new Random(5);
        for (int size : new int[] {1, 2, 3, 24 * 1024, 24 * 1024 + 1, 100_001}) {
            byte[] one = new byte[size];
            byte[] two = new byte[size + 1];
            random.nextBytes(one);
            random.nextBytes(two);
            var released = new AtomicLong();
            var answer = new EncodedPictures(
                    "{\"data\":[",
                    List.of(new One(one, ""), new One(two, ",\"revised_prompt\":\"é\"")),
                    "],\"x\":1}",
                    released::addAndGet);
            long told = answer.length();
            var out = new ByteArrayOutputStream();
            boolean more = true;
            while (more) {
                answer.out().drainTo(out);
                more = answer.advance();
            }
            answer.out().drainTo(out);
            answer.close();
            assertThat(out.size()).isEqualTo(told);
            assertThat(released).hasValue(one.length + two.length);
            var data = new ObjectMapper().readTree(out.toByteArray()).path("data");
            assertThat(Base64.getDecoder().decode(data.get(0).path("b64_json").asText()))
                    .isEqualTo(one);
            assertThat(Base64.getDecoder().decode(data.get(1).path("b64_json").asText()))
                    .isEqualTo(two);
        }
    }

    @Test
    void aPictureIsNotHeldAnyMoreWhenItIsWritten() {
        var released = new AtomicLong();
        var answer = new EncodedPictures(
                "[", List.of(new One(new byte[10], ""), new One(new byte[50_000], "")), "]", released::addAndGet);
        answer.advance();
        assertThat(released).hasValue(10);
        answer.advance();
        answer.close();
        answer.close();
        assertThat(released).hasValue(50_010);
    }
}
