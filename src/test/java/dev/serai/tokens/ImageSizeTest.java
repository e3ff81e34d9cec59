package dev.serai.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ImageSizeTest {

    @Test
    void theSizeStandsInTheHead() {
        var size = new ImageSize(1023, 517);
        assertThat(ImageSize.of(Images.png(1023, 517))).isEqualTo(size);
        assertThat(ImageSize.of(Images.gif(1023, 517))).isEqualTo(size);
        assertThat(ImageSize.of(Images.lossy(1023, 517))).isEqualTo(size);
        assertThat(ImageSize.of(Images.lossless(1023, 517))).isEqualTo(size);
        assertThat(ImageSize.of(Images.extended(1023, 517))).isEqualTo(size);
        assertThat(ImageSize.of(Images.jpeg(1023, 517, 0))).isEqualTo(size);
        assertThat(ImageSize.of(Images.jpeg(1023, 517, 150_000))).isEqualTo(size);
    }

    @Test
    void whatIsNoImageHasNoSize() {
        for (String data : List.of(
                "",
                "AA",
                "!!!!",
                Images.png(0, 5),
                Images.png(-1, 5),
                Images.jpeg(3, 3, 300_000),
                Base64.getEncoder().encodeToString(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0}))) {
            assertThat(ImageSize.of(data))
                    .as(data.substring(0, Math.min(20, data.length())))
                    .isNull();
        }
    }

    @Test
    void noBytesMakeItFail() {
        var random = RandomGenerator.of("L64X256MixRandom");
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 2 && i % 2 == 0) {
                bytes[0] = (byte) 0xFF;
                bytes[1] = (byte) 0xD8;
                bytes[2] = (byte) 0xFF;
            }
            var size = ImageSize.of(Base64.getEncoder().encodeToString(bytes));
            assertThat(size == null || size.width() > 0 && size.height() > 0).isTrue();
        }
    }
}
