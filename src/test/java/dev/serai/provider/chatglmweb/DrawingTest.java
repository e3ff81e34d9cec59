package dev.serai.provider.chatglmweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawingTest {

    private static List<String> urls(String text) {
        byte[] frame = ("{\"status\":\"finish\",\"parts\":[{\"content\":[{\"type\":\"text\",\"text\":\"" + text
                        + "\"}]}]}")
                .getBytes(StandardCharsets.UTF_8);
        var drawing = new Drawing();
        drawing.frame(frame, 0, frame.length);
        assertThat(drawing.failure() == null).isEqualTo(!drawing.urls().isEmpty());
        return drawing.urls();
    }

    @Test
    void linksInTheTextThatAreNoPicturesAreNone() {
        assertThat(urls("See [the rules](https://f.example/rules) and [more](https://f.example/?x=a.png)"))
                .isEmpty();
        assertThat(urls("[home](https://f.example.png)")).isEmpty();
    }

    @Test
    void picturesInTheTextAreThoseThatAreMarkedOrEndAsOne() {
        assertThat(urls("![a](https://f.example/1) [b](https://f.example/2.JPG?sign=x) [c](https://f.example/3.html)"))
                .containsExactly("https://f.example/1", "https://f.example/2.JPG?sign=x");
    }
}
