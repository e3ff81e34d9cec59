package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Failed;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.Start;
import dev.serai.message.ChatEvent.UsageReport;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Usage;
import dev.serai.protocol.SseText;
import dev.serai.protocol.StreamDecoder;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.UpstreamErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Responses events as canonical events. Only a terminal event makes the answer whole; what its response holds and no event
 * has told is told then. Events that nobody needs, and unknown ones, are passed over.
 */
final class OpenAiResponsesStreamDecoder implements StreamDecoder {

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final OpenAiResponsesSurface.Errors errors;
    private final ItemReader items = new ItemReader();
    private boolean started;
    private boolean over;
    private boolean complete;

    OpenAiResponsesStreamDecoder(OpenAiResponsesSurface.Errors errors) {
        this.errors = errors;
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
            JsonNode data = Json.tree(bytes, from, to);
            if (data.isObject()) {
                event(data.path("type").asText(event), data, out);
            } else {
                fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
            }
        } catch (IOException notJson) {
            fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
        }
    }

    @Override
    public void end(Consumer<ChatEvent> out) {
        if (!over) {
            fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
        }
    }

    @Override
    public boolean complete() {
        return complete;
    }

    private void event(String type, JsonNode data, Consumer<ChatEvent> out) throws IOException {
        switch (type) {
            case "response.created", "response.in_progress", "response.queued" -> start(data.path("response"), out);
            case "response.completed", "response.incomplete" -> finish(type, data.path("response"), out);
            case "response.failed", "response.cancelled" -> {
                usage(data.path("response"), out);
                fail(data.path("response").path("error"), out);
            }
            case "error" -> fail(data.path("error").isObject() ? data.path("error") : data, out);
            default -> {
                if (data.path("error").isObject()) {
                    fail(data.path("error"), out);
                } else {
                    items.event(type, data, it -> {
                        start(data, out);
                        out.accept(it);
                    });
                }
            }
        }
    }

    private void start(JsonNode response, Consumer<ChatEvent> out) {
        if (!started) {
            started = true;
            out.accept(new Start(
                    ResponseObject.bareId(response.path("id").asText("")),
                    response.path("model").asText(""),
                    response.path("created_at").asLong(0)));
        }
    }

    private void finish(String type, JsonNode response, Consumer<ChatEvent> out) throws IOException {
        if (response.path("error").isObject()) {
            fail(response.path("error"), out);
            return;
        }
        start(response, out);
        items.end(response.path("output"), out);
        usage(response, out);
        over = true;
        complete = true;
        String status = type.substring("response.".length());
        out.accept(new Finished(
                OpenAiResponsesResponseDecoder.finish(response, status, items.sawCalls(), items.sawOnlyRefusal())));
    }

    private static void usage(JsonNode response, Consumer<ChatEvent> out) throws IOException {
        Usage usage = UsageFields.read(response.path("usage"));
        if (usage != null) {
            out.accept(new UsageReport(usage));
        }
    }

    private void fail(JsonNode error, Consumer<ChatEvent> out) throws IOException {
        UpstreamError told = OpenAiResponsesResponseDecoder.error(error);
        fail(
                told == null
                        ? UpstreamErrors.of(FailureClass.STREAM_BROKEN)
                        : errors.failure(told, FailureClass.STREAM_BROKEN),
                out);
    }

    private void fail(Failure failure, Consumer<ChatEvent> out) {
        over = true;
        out.accept(new Failed(failure));
    }
}
