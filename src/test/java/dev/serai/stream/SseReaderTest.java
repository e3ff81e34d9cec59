package dev.serai.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseReaderTest {

    private static final String MIXED = "\uFEFFdata: one\n\n: comment\r\n\r\nevent: named\r\ndata:zwei ü 🙂\r\n\r\n"
            + "data: a\rdata: b\r\rid: 7\nretry: 10\n\ndata\n\nevent: lonely\n\ndata: last\n\n";

    @Test
    void eventsComeWithNameAndData() throws IOException {
        assertThat(events(MIXED.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE))
                .containsExactly("|one", "named|zwei ü 🙂", "|a b", "|", "|last");
    }

    @Test
    void anyChunkingGivesTheSameEvents() throws IOException {
        byte[] bytes = MIXED.getBytes(StandardCharsets.UTF_8);
        var whole = events(bytes, Integer.MAX_VALUE);
        for (int step = 1; step < bytes.length; step++) {
            assertThat(events(bytes, step)).as("in steps of %d", step).isEqualTo(whole);
        }
        for (int cut = 1; cut < bytes.length; cut++) {
            assertThat(eventsSplitAt(bytes, cut)).as("split at %d", cut).isEqualTo(whole);
        }
    }

    @Test
    void theRawEventHoldsItsBlankLine() throws IOException {
        var raw = new ArrayList<String>();
        var reader = new SseReader(
                new ByteArrayInputStream("data: x\n\ndata: y\n\n".getBytes(StandardCharsets.UTF_8)), 1024);
        while (reader.read((name, bytes, from, to, dataFrom, dataTo) ->
                raw.add(new String(bytes, from, to - from, StandardCharsets.UTF_8)))) {
            assertThat(raw).isNotEmpty();
        }
        assertThat(raw).containsExactly("data: x\n\n", "data: y\n\n");
    }

    @Test
    void anUnfinishedEventIsDropped() throws IOException {
        assertThat(events("data: whole\n\ndata: cut".getBytes(StandardCharsets.UTF_8), 3))
                .containsExactly("|whole");
    }

    @Test
    void aHugeEventIsRefused() {
        byte[] huge = ("data: " + "x".repeat(100_000) + "\n\n").getBytes(StandardCharsets.UTF_8);
        var reader = new SseReader(new ByteArrayInputStream(huge), 64 * 1024);
        assertThatThrownBy(() -> {
                    while (reader.read((name, bytes, from, to, dataFrom, dataTo) -> true)) {
                        assertThat(reader.rest()).hasSizeLessThanOrEqualTo(64 * 1024);
                    }
                })
                .isInstanceOf(SseReader.EventTooLarge.class);
    }

    @Test
    void eventsLargerThanTheBufferAreWhole() throws IOException {
        String text = "y".repeat(50_000);
        assertThat(events(("data: " + text + "\n\ndata: z\n\n").getBytes(StandardCharsets.UTF_8), 777))
                .containsExactly("|" + text, "|z");
    }

    private static List<String> events(byte[] bytes, int step) throws IOException {
        return collect(new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int from, int length) {
                return super.read(target, from, Math.min(step, length));
            }
        });
    }

    private static List<String> eventsSplitAt(byte[] bytes, int cut) throws IOException {
        var first = new ByteArrayInputStream(bytes, 0, cut);
        var second = new ByteArrayInputStream(bytes, cut, bytes.length - cut);
        return collect(new java.io.SequenceInputStream(first, second));
    }

    private static List<String> collect(InputStream source) throws IOException {
        var events = new ArrayList<String>();
        var reader = new SseReader(source, 1024 * 1024);
        while (reader.read((name, bytes, from, to, dataFrom, dataTo) ->
                events.add(name + "|" + new String(bytes, dataFrom, dataTo - dataFrom, StandardCharsets.UTF_8)))) {
            assertThat(events).isNotNull();
        }
        return events;
    }
}
