package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Failed;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.Start;
import dev.serai.message.ChatEvent.UsageReport;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Usage;
import dev.serai.protocol.SseText;
import dev.serai.protocol.StreamDecoder;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.UpstreamErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Chat chunks as canonical events, of the first choice. Forgives what compatible servers are known for: usage anywhere,
 * repeated roles, whole calls in one chunk, calls without index, a missing sentinel. The finish is told at the end, after
 * the last usage.
 */
final class OpenAiChatStreamDecoder implements StreamDecoder {

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final OpenAiChatDialect dialect;
    private final DeltaDecoder deltas = new DeltaDecoder();
    private @Nullable Usage usage;
    private String reason = "";
    private boolean started;
    private boolean over;

    OpenAiChatStreamDecoder(OpenAiChatDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public void event(String event, byte[] bytes, int from, int to, Consumer<ChatEvent> out) {
        if (over || from >= to) {
            return;
        }
        if (SseText.is(bytes, from, to, DONE)) {
            end(out);
            return;
        }
        try {
            JsonNode chunk = Json.tree(bytes, from, to);
            UpstreamError error = OpenAiChatResponseDecoder.error(chunk.path("error"));
            if (error != null) {
                fail(dialect.failure(error, FailureClass.STREAM_BROKEN), out);
            } else if (event.equals("error") || !chunk.isObject()) {
                fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
            } else {
                chunk(chunk, out);
            }
        } catch (IOException notJson) {
            fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
        }
    }

    @Override
    public @Nullable Usage usage() {
        return usage;
    }

    @Override
    public void end(Consumer<ChatEvent> out) {
        if (over) {
            return;
        }
        if (reason.isEmpty()) {
            fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
            return;
        }
        over = true;
        deltas.end(out);
        if (usage != null) {
            out.accept(new UsageReport(usage));
        }
        out.accept(new Finished(
                OpenAiChatResponseDecoder.finish(reason, deltas.sawCalls(), deltas.sawOnlyRefusal(), dialect)));
    }

    private void chunk(JsonNode chunk, Consumer<ChatEvent> out) throws IOException {
        Usage told = OpenAiChatResponseDecoder.usage(chunk.path("usage"));
        if (told != null) {
            usage = told;
        }
        for (JsonNode choice : chunk.path("choices")) {
            if (choice.path("index").asInt(0) == 0) {
                start(chunk, out);
                choice(choice, out);
            }
        }
    }

    private void start(JsonNode chunk, Consumer<ChatEvent> out) {
        if (!started) {
            started = true;
            String id = OpenAiChatResponseDecoder.id(chunk.path("id").asText(""));
            deltas.responseId(id);
            out.accept(new Start(
                    id, chunk.path("model").asText(""), chunk.path("created").asLong(0)));
        }
    }

    private void choice(JsonNode choice, Consumer<ChatEvent> out) {
        deltas.delta(choice.path(choice.path("delta").isObject() ? "delta" : "message"), out);
        var logprobs = LogprobFields.read(choice.path("logprobs"));
        if (!logprobs.isEmpty()) {
            out.accept(new ChatEvent.Logprobs(deltas.textIndex(), logprobs));
        }
        String finish = OpenAiChatResponseDecoder.reason(choice);
        if (!finish.isEmpty()) {
            reason = finish;
            if (dialect.finish(reason).reason() == Finish.Reason.ERROR) {
                fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
            }
        }
    }

    private void fail(Failure failure, Consumer<ChatEvent> out) {
        if (!over) {
            over = true;
            out.accept(new Failed(failure));
        }
    }
}
