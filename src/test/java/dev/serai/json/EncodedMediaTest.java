package dev.serai.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EncodedMediaTest {

    @Test
    void proseAndCodeAreNoPictures() {
        String prose = "The quick brown fox jumps over the lazy dog; ".repeat(2_000);
        String code = "for(int i=0;i<10;i++){call(i);}".repeat(2_000);
        assertThat(EncodedMedia.in(prose.getBytes(StandardCharsets.US_ASCII))).isEmpty();
        assertThat(EncodedMedia.in(code.getBytes(StandardCharsets.US_ASCII))).isEmpty();
        assertThat(EncodedMedia.in(new byte[0])).isEmpty();
    }

    @Test
    void everyRunIsFoundWhereverItStands() {
        for (int from = 0; from < 5_000; from += 37) {
            String body = " ".repeat(from) + "A".repeat(4_096) + " ".repeat(100);
            var found = EncodedMedia.in(body.getBytes(StandardCharsets.US_ASCII));
            assertThat(found).containsExactly(new Span(from, from + 4_096));
        }
    }
}
