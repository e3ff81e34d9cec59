package dev.serai.protocol.openaichat;

import dev.serai.json.Json;
import dev.serai.json.JsonObjectSpans;
import dev.serai.json.ObjectEdit;
import dev.serai.json.Span;
import dev.serai.json.Splice;
import dev.serai.stream.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The rarer edits of a passing chunk: a finish reason in OpenAI's words, usage in a chunk of its own. */
final class ChunkEdits {

    private static final List<String> KEPT = List.of("id", "object", "created", "model");
    private static final byte[] EMPTY_ARRAY = "[]".getBytes(StandardCharsets.US_ASCII);

    private ChunkEdits() {}

    /** Moves {@code usage} of a chunk behind it, into a chunk without choices. */
    static void splitUsage(byte[] chunk, ByteSink out) {
        var spans = JsonObjectSpans.within(chunk, new Span(0, chunk.length));
        var first = new Splice(chunk);
        first.object(spans).set("usage", "null".getBytes(StandardCharsets.US_ASCII));
        data(first.apply(), out);
        var second = new Splice(chunk);
        ObjectEdit edit = second.object(spans);
        for (String name : spans.names()) {
            if (!KEPT.contains(name) && !name.equals("usage")) {
                edit.remove(name);
            }
        }
        if (spans.value("object") == null) {
            edit.set("object", Json.bytes("chat.completion.chunk"));
        }
        edit.set("choices", EMPTY_ARRAY);
        data(second.apply(), out);
    }

    static void data(byte[] json, ByteSink out) {
        out.ascii("data: ");
        out.write(json);
        out.ascii("\n\n");
    }

    /** A chunk's data with the model and the finish reasons replaced. */
    static byte[] edited(byte[] bytes, int from, int to, AnswerScan scan, byte[] model, OpenAiChatDialect dialect) {
        var splice = new Splice(Arrays.copyOfRange(bytes, from, to));
        Span span = scan.model;
        if (span != null) {
            splice.replace(new Span(span.from() - from, span.to() - from), model);
        }
        for (AnswerScan.Choice choice : scan.choices) {
            Span at = choice.finishAt();
            String renamed = choice.finish() == null ? null : dialect.renamedFinish(choice.finish());
            if (renamed != null && at != null) {
                splice.replace(new Span(at.from() - from, at.to() - from), Json.bytes(renamed));
            }
        }
        return splice.apply();
    }
}
