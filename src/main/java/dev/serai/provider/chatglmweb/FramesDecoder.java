package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.protocol.StreamDecoder;
import dev.serai.provider.UpstreamFailure;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames of one answer as canonical events. Only a frame's own status ends the answer: the wire has no sentinel and does
 * not close its connection in time.
 */
final class FramesDecoder implements StreamDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(FramesDecoder.class);

    private final Turn turn;
    private final Function<JsonNode, Failure> errors;
    private final AnswerEvents answer;
    private final AnswerParts parts;
    private final StreamStyle style;
    private boolean started;
    private boolean over;

    /**
     * @param whole the caller waits for the whole answer: texts are told as the last frames tell them
     * @param errors what a frame that tells an error means
     */
    FramesDecoder(Turn turn, FrameStyle style, boolean whole, Function<JsonNode, Failure> errors) {
        this.turn = turn;
        this.errors = errors;
        var sources = new Sources();
        this.answer = new AnswerEvents(turn.tools(), sources);
        this.style = new StreamStyle(style);
        this.parts = new AnswerParts(answer, sources, this.style, whole, turn.showsReasoning());
    }

    @Override
    public void event(String event, byte[] bytes, int from, int to, Consumer<ChatEvent> out) {
        if (over || from >= to) {
            return;
        }
        try {
            JsonNode frame = Json.tree(bytes, from, to);
            if (frame.isObject()) {
                frame(frame, out);
            }
        } catch (IOException notJson) {
            fail(UpstreamFailure.of(FailureClass.STREAM_BROKEN), out);
        }
    }

    @Override
    public void end(Consumer<ChatEvent> out) {
        if (!over) {
            fail(started ? UpstreamFailure.of(FailureClass.STREAM_BROKEN) : turn.emptyAnswer(), out);
        }
    }

    @Override
    public boolean complete() {
        return over;
    }

    private void frame(JsonNode frame, Consumer<ChatEvent> out) {
        JsonNode status = frame.path("status");
        if (status.isIntegralNumber() || frame.path("code").isIntegralNumber()) {
            fail(errors.apply(frame), out);
            return;
        }
        start(frame, out);
        String end = status.asText("");
        boolean last = end.equals("finish") || end.equals("intervene") || end.equals("error");
        parts.read(frame.path("parts"), last);
        answer.taken().forEach(out);
        if (parts.tooLarge()) {
            fail(UpstreamFailure.of(FailureClass.STREAM_BROKEN), out);
        } else if (end.equals("error") || !last && tells(frame.path("error"))) {
            fail(errors.apply(frame), out);
        } else if (last) {
            finish(frame, end, out);
        }
    }

    private static boolean tells(JsonNode error) {
        return error.isObject()
                && !error.path("error_code")
                        .asText(error.path("err_msg").asText(""))
                        .isEmpty();
    }

    private void start(JsonNode frame, Consumer<ChatEvent> out) {
        String conversation = frame.path("conversation_id").asText("");
        if (!conversation.isEmpty()) {
            turn.inConversation(conversation);
        }
        if (started) {
            return;
        }
        started = true;
        String id = frame.path("id").asText(conversation);
        answer.name(id);
        out.accept(new ChatEvent.Start(turn.keeps() ? conversation : id, "", 0));
    }

    private void finish(JsonNode frame, String end, Consumer<ChatEvent> out) {
        parts.end();
        boolean filtered = end.equals("intervene");
        String said = frame.path("last_error").path("intervene_text").asText("");
        if (filtered && !said.isEmpty()) {
            answer.flush();
            answer.text(said, true);
        }
        answer.end();
        answer.taken().forEach(out);
        if (!filtered && !answer.sawText()) {
            fail(UpstreamFailure.of(FailureClass.RATE), out);
            return;
        }
        over = true;
        if (style.rewrites() > 0) {
            LOG.info("An answer of chatglm-web took back what was shown {} times", style.rewrites());
        }
        var reason = filtered ? Finish.Reason.CONTENT_FILTER : Finish.Reason.STOP;
        out.accept(new ChatEvent.Finished(Finish.of(reason, end).withCalls(answer.sawCalls())));
    }

    private void fail(Failure failure, Consumer<ChatEvent> out) {
        over = true;
        out.accept(new ChatEvent.Failed(failure));
    }
}
