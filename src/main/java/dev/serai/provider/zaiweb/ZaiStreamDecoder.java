package dev.serai.provider.zaiweb;

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
import dev.serai.protocol.UpstreamErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames of {@code chat:completion} as canonical events. A frame changes a document; what its two texts have gained is
 * told. Ends with {@code done}, the phase of that name or {@code [DONE]}, whichever comes first, or with the input where a
 * frame in OpenAI's form has told a reason; an error is looked for in every frame, whatever its type.
 */
final class ZaiStreamDecoder implements StreamDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(ZaiStreamDecoder.class);
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST = 16 * 1024 * 1024;

    private final AnswerShape shape;
    private final ZaiFailures failures;
    private final boolean whole;
    private final MessageDocument document = new MessageDocument();
    private final SentText sentReasoning = new SentText();
    private final SentText sentAnswer = new SentText();
    private final AnswerParts parts;
    private final ClientCalls calls;
    private @Nullable Usage usage;
    private @Nullable Finish told;
    private String phase = "";
    private boolean started;
    private boolean over;

    /** @param whole the caller waits for the whole answer: nothing is told before its end, when no rewrite can follow */
    ZaiStreamDecoder(AnswerShape shape, ZaiFailures failures, boolean whole) {
        this.shape = shape;
        this.failures = failures;
        this.whole = whole;
        this.parts = new AnswerParts(shape.thinkTags());
        this.calls = new ClientCalls(shape.tools());
    }

    @Override
    public void event(String event, byte[] bytes, int from, int to, Consumer<ChatEvent> out) {
        if (over || from >= to) {
            return;
        }
        if (SseText.is(bytes, from, to, DONE)) {
            finish(out);
            return;
        }
        try {
            frame(Json.tree(bytes, from, to), out);
        } catch (IOException notJson) {
            fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
        }
    }

    @Override
    public void end(Consumer<ChatEvent> out) {
        if (!over && told != null) {
            finish(out);
        } else if (!over) {
            fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
        }
    }

    @Override
    public boolean complete() {
        return over;
    }

    private void frame(JsonNode frame, Consumer<ChatEvent> out) {
        var error = ZaiError.in(frame);
        if (error != null) {
            fail(failures.inStream(error), out);
            return;
        }
        start(out);
        if (frame.path("type").asText("").equals("chat:completion")) {
            change(frame.path("data"), out);
        } else if (frame.path("choices").isArray()) {
            chunk(frame, out);
        }
    }

    private void start(Consumer<ChatEvent> out) {
        if (!started) {
            started = true;
            out.accept(new Start(shape.id(), shape.model(), 0));
        }
    }

    private void change(JsonNode data, Consumer<ChatEvent> out) {
        note(data.path("usage"));
        phase = data.path("phase").asText(phase);
        calls.told(data.path("tool_calls"));
        boolean thinking = phase.equals("thinking");
        var edit = data.path("edit_content");
        var delta = data.path("delta_content");
        var content = data.path("content");
        if (edit.isTextual()) {
            var at = data.path("edit_index");
            document.replaceFrom(at.isNumber() ? at.asLong() : Long.MAX_VALUE, edit.textValue(), thinking);
        } else if (delta.isTextual()) {
            document.append(delta.textValue(), thinking);
        } else if (content.isTextual()) {
            document.becomeOrAppend(content.textValue(), thinking);
        }
        tell(data.path("done").asBoolean(false) || phase.equals("done"), out);
    }

    /** A frame in OpenAI's form, which now and then is seen. Usage may follow the one that tells the reason. */
    private void chunk(JsonNode chunk, Consumer<ChatEvent> out) {
        note(chunk.path("usage"));
        var choice = chunk.path("choices").path(0);
        var delta = choice.path("delta");
        document.append(delta.path("reasoning_content").asText(""), true);
        document.append(delta.path("content").asText(""), false);
        calls.told(delta.path("tool_calls"));
        var reason = choice.path("finish_reason").asText("");
        if (!reason.isBlank() && !choice.path("finish_reason").isNull()) {
            told = Finish.of(reason(reason), reason);
        }
        tell(false, out);
    }

    private static Finish.Reason reason(String word) {
        return switch (word) {
            case "stop" -> Finish.Reason.STOP;
            case "length" -> Finish.Reason.LENGTH;
            case "tool_calls", "function_call" -> Finish.Reason.TOOL_CALLS;
            case "content_filter" -> Finish.Reason.CONTENT_FILTER;
            case "error" -> Finish.Reason.ERROR;
            default -> Finish.Reason.OTHER;
        };
    }

    private void note(JsonNode told) {
        var read = ZaiUsage.read(told);
        usage = read == null ? usage : read;
    }

    private void tell(boolean last, Consumer<ChatEvent> out) {
        if (document.length() > MOST) {
            fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
        } else if (last) {
            finish(out);
        } else if (!whole) {
            pieces(out);
        }
    }

    private void pieces(Consumer<ChatEvent> out) {
        parts.reasoning(document.nextReasoning(sentReasoning), out);
        parts.text(document.nextAnswer(sentAnswer), out);
    }

    private void finish(Consumer<ChatEvent> out) {
        start(out);
        document.end();
        pieces(out);
        var called = calls.all(document.text(), shape.id());
        called.forEach(call -> parts.call(call, out));
        parts.end(out);
        over = true;
        LOG.debug("zai-web rewrote {} times what was sent", sentReasoning.rewrites() + sentAnswer.rewrites());
        if (usage != null) {
            out.accept(new UsageReport(usage));
        }
        var finish = told == null ? Finish.of(Finish.Reason.STOP) : told;
        out.accept(new Finished(finish.withCalls(!called.isEmpty())));
    }

    private void fail(Failure failure, Consumer<ChatEvent> out) {
        over = true;
        out.accept(new Failed(failure));
    }
}
