package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Cited;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Response objects as canonical events, of the first candidate. There is no sentinel: the answer is whole when a finish
 * reason, or the reason of a blocked prompt, has been seen and the source has ended. The finish is told then, after the
 * last usage.
 */
final class GeminiStreamDecoder implements StreamDecoder {

    static final String ID_PREFIX = "gen_";
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final UpstreamErrors errors;
    private final AnswerDecoder answer = new AnswerDecoder();
    private @Nullable Usage usage;
    private @Nullable Finish finish;
    private boolean started;
    private boolean over;

    GeminiStreamDecoder(UpstreamErrors errors) {
        this.errors = errors;
    }

    @Override
    public void event(String event, byte[] bytes, int from, int to, Consumer<ChatEvent> out) {
        if (over || from >= to || SseText.is(bytes, from, to, DONE)) {
            return;
        }
        try {
            JsonNode chunk = Json.tree(bytes, from, to);
            if (!chunk.isObject()) {
                fail(UpstreamErrors.broken(FailureClass.STREAM_BROKEN), out);
            } else if (chunk.hasNonNull("error") || event.equals("error")) {
                fail(errors.of(chunk), out);
            } else {
                start(chunk, bytes, from, to, out);
                chunk(chunk, out);
            }
        } catch (IOException notJson) {
            fail(UpstreamErrors.broken(FailureClass.STREAM_BROKEN), out);
        }
    }

    @Override
    public @Nullable Usage usage() {
        return usage;
    }

    @Override
    public void end(Consumer<ChatEvent> out) {
        Finish last = finish;
        if (over) {
            return;
        }
        if (last == null) {
            fail(UpstreamErrors.broken(FailureClass.STREAM_BROKEN), out);
            return;
        }
        over = true;
        if (usage != null) {
            out.accept(new UsageReport(usage));
        }
        out.accept(new Finished(last.withCalls(answer.sawCalls())));
    }

    @Override
    public boolean mayBreakOff() {
        return finish != null;
    }

    /** A whole answer needs no finish reason where there is content. */
    void assumeFinish() {
        if (finish == null && answer.sawContent()) {
            finish = Finish.of(Finish.Reason.STOP);
        }
    }

    private void start(JsonNode chunk, byte[] bytes, int from, int to, Consumer<ChatEvent> out) {
        if (started) {
            return;
        }
        started = true;
        String told = chunk.path("responseId").asText("");
        String id = told.startsWith(ID_PREFIX) ? told.substring(ID_PREFIX.length()) : told;
        answer.name(id.isEmpty() ? digest(bytes, from, to) : id);
        out.accept(new Start(id, chunk.path("modelVersion").asText(""), 0));
    }

    private static String digest(byte[] bytes, int from, int to) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(bytes, from, to));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void chunk(JsonNode chunk, Consumer<ChatEvent> out) {
        Usage told = UsageFields.read(chunk.path("usageMetadata"));
        if (told != null) {
            usage = told;
        }
        for (JsonNode candidate : chunk.path("candidates")) {
            if (candidate.path("index").asInt(0) == 0) {
                candidate(candidate, out);
            }
        }
        String blocked = chunk.path("promptFeedback").path("blockReason").asText("");
        if (!blocked.isEmpty() && finish == null) {
            finish = Finish.of(Finish.Reason.CONTENT_FILTER, blocked);
        }
    }

    private void candidate(JsonNode candidate, Consumer<ChatEvent> out) {
        candidate.path("content").path("parts").forEach(part -> answer.part(part, out));
        var logprobs = LogprobFields.read(candidate.path("logprobsResult"));
        if (!logprobs.isEmpty()) {
            out.accept(new ChatEvent.Logprobs(answer.textIndex(), logprobs));
        }
        Groundings.read(candidate).forEach(citation -> out.accept(new Cited(answer.textIndex(), citation)));
        String reason = candidate.path("finishReason").asText("");
        if (reason.isEmpty()) {
            return;
        }
        finish = FinishReasons.decode(reason, candidate.path("finishMessage").textValue());
        if (FinishReasons.reason(reason) == Finish.Reason.ERROR) {
            boolean empty = !answer.sawContent();
            fail(UpstreamErrors.broken(empty ? FailureClass.EMPTY : FailureClass.STREAM_BROKEN), out);
        }
    }

    private void fail(Failure failure, Consumer<ChatEvent> out) {
        if (!over) {
            over = true;
            out.accept(new Failed(failure));
        }
    }
}
