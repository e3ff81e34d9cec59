package dev.serai.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoJobTest {

    @Test
    void aNameLeadsBackToItsId() {
        for (var id : new UUID[] {UUID.randomUUID(), new UUID(-1, -1), new UUID(0, 1)}) {
            assertThat(VideoJob.id(VideoJob.name(id))).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "video_",
                "video_0",
                "0123456789abcdef0123456789abcdef",
                "video_g123456789abcdef0123456789abcdef"
            })
    void whatIsNoNameLeadsNowhere(String name) {
        assertThat(VideoJob.id(name)).isNull();
    }
}
