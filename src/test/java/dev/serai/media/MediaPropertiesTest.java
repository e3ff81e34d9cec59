package dev.serai.media;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.secret.StartRefused;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MediaPropertiesTest {

    @ParameterizedTest
    @CsvSource({
        "max-picture, 2GB",
        "max-picture, 0B",
        "max-video, -1B",
        "first-look, 0s",
        "slowest-look, 1s",
        "look-lease, -1s",
        "hand-over, 0s",
        "give-up, 0s",
        "keep-jobs, 0s"
    })
    void whatNoGatewayCanRunWithIsToldAtItsStart(String name, String value) {
        var source = new MapConfigurationPropertySource(Map.of("serai.media." + name, value));
        assertThatThrownBy(() -> new Binder(source).bindOrCreate("serai.media", MediaProperties.class))
                .rootCause()
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("serai.media." + name + " must be at least");
    }
}
