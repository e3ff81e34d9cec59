package dev.serai.inbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.call.Answer;
import dev.serai.call.AnswerStream;
import dev.serai.call.Call;
import dev.serai.call.Outcome;
import dev.serai.call.Outcome.Result;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.stream.ByteSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a call's answer and ends the call. The last stop of every request: nothing is thrown from here. */
final class Responder {

    private static final Logger LOG = LoggerFactory.getLogger(Responder.class);
    private static final Failure BUG = Failure.of(Kind.INTERNAL, FailureClass.GATEWAY, "Internal error.");

    private final FailureAnswers failures;
    private final ObjectMapper json;

    Responder(FailureAnswers failures, ObjectMapper json) {
        this.failures = failures;
        this.json = json;
    }

    void respond(Call call, ServletClient client, Exchange exchange) {
        try {
            write(call, client, answer(call, exchange));
        } catch (IOException left) {
            call.clientLeft();
            finish(call, Result.CLIENT_CLOSED, Kind.CLIENT_CLOSED.status());
        } catch (RuntimeException bug) {
            LOG.error("Call {} could not be answered", call.id(), bug);
            call.fail(BUG);
            breakOff(call, client);
        }
    }

    /** What has begun to go out never looks whole; of what has not, the caller is told. */
    private void breakOff(Call call, ServletClient client) {
        if (client.hasBegun()) {
            client.cut();
            finish(call, Result.CUT, Kind.INTERNAL.status());
        } else {
            refuse(call, client, BUG);
        }
    }

    void refuse(Call call, ServletClient client, Failure failure) {
        try {
            write(call, client, failures.answer(call, failure));
        } catch (IOException left) {
            finish(call, Result.CLIENT_CLOSED, Kind.CLIENT_CLOSED.status());
        }
    }

    private Answer answer(Call call, Exchange exchange) {
        var exception = exchange.getException();
        if (exception instanceof Refusal refusal) {
            return failures.answer(call, refusal.failure());
        }
        if (exception != null) {
            LOG.error("Call {} failed", call.id(), exception);
            return failures.answer(call, BUG);
        }
        var made = call.answer();
        return made != null ? made : plain(exchange.getMessage());
    }

    /** The body of a route that is no model call: text as it is, anything else as JSON. */
    private Answer plain(Message message) {
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
        Object body = message.getBody();
        if (body == null) {
            return new Answer.Whole(status, "application/json", new byte[0]);
        }
        if (body instanceof String text) {
            String type = message.getHeader(Exchange.CONTENT_TYPE, "text/plain;charset=utf-8", String.class);
            return new Answer.Whole(status, type, text.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return new Answer.Whole(status, "application/json", json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a route's answer is not JSON", e);
        }
    }

    private void write(Call call, ServletClient client, Answer answer) throws IOException {
        if (call.clientGone()) {
            closeUnused(answer);
            finish(call, Result.CLIENT_CLOSED, Kind.CLIENT_CLOSED.status());
            return;
        }
        switch (answer) {
            case Answer.Streamed streamed -> pump(call, client, streamed.contentType(), streamed.stream());
            case Answer.Bytes bytes -> bytes(call, client, bytes);
            case Answer.Whole whole -> whole(call, client, whole);
        }
    }

    private void whole(Call call, ServletClient client, Answer.Whole answer) throws IOException {
        var failure = call.failure();
        if (failure != null && client.hasBegun()) {
            var event = new ByteSink(512);
            failures.event(call, failure, event);
            client.write(event);
            finish(call, Result.CUT, 200);
            return;
        }
        client.respond(answer.status(), answer.contentType(), call.headers(), answer.body());
        finish(call, failure == null ? Result.OK : Result.REFUSED, answer.status());
    }

    private void pump(Call call, ServletClient client, String contentType, AnswerStream stream) throws IOException {
        try (stream) {
            client.expectStream(contentType, call.headers());
            boolean more = true;
            while (more) {
                if (!stream.out().isEmpty()) {
                    client.write(stream.out());
                }
                more = stream.advance();
            }
            if (!stream.out().isEmpty()) {
                client.write(stream.out());
            }
        }
        if (call.clientGone()) {
            finish(call, Result.CLIENT_CLOSED, Kind.CLIENT_CLOSED.status());
        } else {
            finish(call, call.failure() == null ? Result.OK : Result.CUT, 200);
        }
    }

    private static void bytes(Call call, ServletClient client, Answer.Bytes answer) throws IOException {
        var stream = answer.stream();
        try (stream) {
            client.begin(answer.contentType(), call.headers(), answer.length());
            boolean more = true;
            while (more) {
                if (!stream.out().isEmpty()) {
                    client.write(stream.out());
                }
                more = stream.advance();
            }
            if (!stream.out().isEmpty()) {
                client.write(stream.out());
            }
        } catch (IOException cut) {
            var reason = call.broken();
            if (reason == null) {
                throw cut;
            }
            call.fail(reason);
        }
        if (call.failure() == null && !call.clientGone()) {
            finish(call, Result.OK, 200);
            return;
        }
        client.cut();
        if (call.clientGone()) {
            finish(call, Result.CLIENT_CLOSED, Kind.CLIENT_CLOSED.status());
        } else {
            finish(call, Result.CUT, 200);
        }
    }

    private static void closeUnused(Answer answer) throws IOException {
        if (answer instanceof Answer.Streamed streamed) {
            streamed.stream().close();
        } else if (answer instanceof Answer.Bytes bytes) {
            bytes.stream().close();
        }
    }

    private static void finish(Call call, Result result, int status) {
        call.finish(new Outcome(result, status, call.failure(), call.usage()));
    }
}
