package dev.serai.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.call.AnswerStream;
import dev.serai.stream.ByteSink;
import dev.serai.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class KeptStreamTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String ITEMS = "[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private static final String DELTA =
            "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"response.completed\"}\n\n";

    private final Kept kept = Kept.in(DATABASE);
    private final List<String> keptWhenWritten = new ArrayList<>();

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    /** An answer that comes in the pieces given, each with one advance but the first, which is there already. */
    private static final class Pieces implements AnswerStream {

        private final ByteSink out = new ByteSink(16);
        private final List<String> left;
        private boolean closed;

        Pieces(String... pieces) {
            left = new ArrayList<>(List.of(pieces));
            out.utf8(left.removeFirst());
        }

        @Override
        public ByteSink out() {
            return out;
        }

        @Override
        public boolean advance() {
            if (!left.isEmpty()) {
                out.utf8(left.removeFirst());
            }
            return !left.isEmpty();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static String event(String type, String response) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":3,\"response\":" + response
                + "}\n\n";
    }

    private static String inProgress(String id) {
        return event(
                "response.created", "{\"id\":\"" + id + "\",\"status\":\"in_progress\",\"store\":false,\"output\":[]}");
    }

    private static String completed(String id) {
        return event("response.completed", Kept.response(id, "Hello"));
    }

    /** Writes the stream as the gateway does and notes at each write whether the response was kept by then. */
    private List<String> written(Pieces source, String id, byte[] items) throws Exception {
        var draft = new Draft("resp_0", true, items);
        var writes = new ArrayList<String>();
        try (var stream = new KeptStream(source, new ResponseKeeper(kept.transcripts, Kept.KEY, draft))) {
            boolean more = true;
            while (more) {
                write(stream, id, writes);
                more = stream.advance();
            }
            write(stream, id, writes);
        }
        assertThat(source.closed).isTrue();
        return writes;
    }

    private void write(KeptStream stream, String id, List<String> writes) {
        if (!stream.out().isEmpty()) {
            keptWhenWritten.add(kept.transcripts.find(Kept.KEY, id).isPresent() ? "kept" : "not yet");
            writes.add(stream.out().toString());
            stream.out().clear();
        }
    }

    @Test
    void theLastEventGoesOutAfterTheResponseIsKeptAndNoOtherWaits() throws Exception {
        var writes = written(
                new Pieces(inProgress("resp_a") + DELTA, DELTA, DELTA + completed("resp_a")),
                "resp_a",
                Kept.bytes(ITEMS));
        assertThat(writes).hasSize(4);
        assertThat(writes.get(1)).isEqualTo(DELTA);
        assertThat(writes.get(2)).isEqualTo(DELTA);
        assertThat(writes.get(3)).startsWith("event: response.completed\n").endsWith("}\n\n");
        assertThat(keptWhenWritten).containsExactly("not yet", "not yet", "not yet", "kept");
        var found = kept.transcripts.find(Kept.KEY, "resp_a").orElseThrow();
        assertThat(Kept.text(found.inputItems())).isEqualTo(ITEMS);
        assertThat(writes.get(3)).contains("\"response\":" + Kept.text(found.response()) + "}");
    }

    @Test
    void everyEventWithTheResponseShowsTheStateThatTheCallerAskedFor() throws Exception {
        var writes = String.join(
                "", written(new Pieces(inProgress("resp_b"), DELTA, completed("resp_b")), "resp_b", Kept.bytes(ITEMS)));
        assertThat(writes.split("\"store\":true", -1)).hasSize(3);
        assertThat(writes.split("\"previous_response_id\":\"resp_0\"", -1)).hasSize(3);
        assertThat(writes).doesNotContain("\"store\":false");
    }

    @Test
    void aStreamThatIsThereAsAWholeIsKeptAndWrittenWhole() throws Exception {
        var writes = written(
                new Pieces(inProgress("resp_c") + DELTA + completed("resp_c") + "data: [DONE]\n\n"),
                "resp_c",
                Kept.bytes(ITEMS));
        assertThat(writes).hasSize(2);
        assertThat(writes.getLast()).endsWith("data: [DONE]\n\n");
        assertThat(keptWhenWritten).containsExactly("not yet", "kept");
    }

    @Test
    void eventsWithoutAnEventLineAndOtherLineEndsAreReadToo() throws Exception {
        String last = completed("resp_d")
                .replace("event: response.completed\n", ": note\r\n")
                .replace("\n\n", "\r\n\r\n");
        var writes = written(new Pieces(DELTA, last), "resp_d", Kept.bytes(ITEMS));
        assertThat(kept.transcripts.find(Kept.KEY, "resp_d")).isPresent();
        assertThat(writes.getLast()).startsWith(": note\r\n").endsWith("}\r\n\r\n");
    }

    @Test
    void anIncompleteResponseIsKeptAndAFailedOneIsNot() throws Exception {
        String cut = event(
                "response.incomplete",
                Kept.response("resp_e", "He").replace("\"completed\",\"store\"", "\"incomplete\",\"store\""));
        written(new Pieces(DELTA, cut), "resp_e", Kept.bytes(ITEMS));
        assertThat(kept.transcripts.find(Kept.KEY, "resp_e")).isPresent();
        String failed = event(
                "response.failed",
                Kept.response("resp_f", "He").replace("\"completed\",\"store\"", "\"failed\",\"store\""));
        var writes = written(new Pieces(DELTA, failed), "resp_f", Kept.bytes(ITEMS));
        assertThat(kept.transcripts.find(Kept.KEY, "resp_f")).isEmpty();
        assertThat(String.join("", writes)).contains("event: response.failed", "\"store\":true");
    }

    @Test
    void aStreamThatBreaksIsNotKept() throws Exception {
        var writes = written(new Pieces(inProgress("resp_g"), DELTA), "resp_g", Kept.bytes(ITEMS));
        assertThat(writes).hasSize(2);
        assertThat(kept.transcripts.find(Kept.KEY, "resp_g")).isEmpty();
    }

    @Test
    void whatIsNotToBeKeptOnlyShowsItsState() throws Exception {
        var draft = new Draft("resp_0", false, null);
        try (var stream = new KeptStream(
                new Pieces(completed("resp_h")), new ResponseKeeper(kept.transcripts, Kept.KEY, draft))) {
            assertThat(stream.out().toString()).contains("\"previous_response_id\":\"resp_0\"", "\"store\":false");
        }
        assertThat(kept.transcripts.find(Kept.KEY, "resp_h")).isEmpty();
    }

    @Test
    void whateverElseComesPassesByteForByte() throws Exception {
        String odd = Stream.of(
                        ": comment\n\n",
                        "event: response.created\ndata: not json\n\n",
                        "event: response.completed\ndata: {\"response\":[]}\n\n",
                        "event: response.completed\ndata: {\"type\":1}\n\n",
                        "event: response.completed\n\n",
                        "data: {\"type\":{\"a\":[1]},\"x\":2}\n\n",
                        "data: {\"a\":{\"type\":\"response.completed\"},\"type\":null}\n\n",
                        "data\n",
                        "\n\n",
                        "data: {\"cut")
                .reduce("", String::concat);
        assertThat(String.join("", written(new Pieces(odd), "resp_i", Kept.bytes(ITEMS))))
                .isEqualTo(odd);
    }
}
