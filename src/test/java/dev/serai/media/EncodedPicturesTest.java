package dev.serai.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
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
            var released = new AtomicBoolean();
            var answer = new EncodedPictures("{\"data\":[", List.of(one, two), "],\"x\":1}", () -> released.set(true));
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
            assertThat(released).isTrue();
            var data = new ObjectMapper().readTree(out.toByteArray()).path("data");
            assertThat(Base64.getDecoder().decode(data.get(0).path("b64_json").asText()))
                    .isEqualTo(one);
            assertThat(Base64.getDecoder().decode(data.get(1).path("b64_json").asText()))
                    .isEqualTo(two);
        }
    }
}
