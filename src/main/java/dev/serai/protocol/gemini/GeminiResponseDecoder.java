package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Refusal;
import dev.serai.message.ResponseAssembly;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** A whole answer of an upstream in canonical form: one response object, or the array of a stream. */
final class GeminiResponseDecoder {

    private GeminiResponseDecoder() {}

    /** @throws Refusal of an upstream's class when the answer is an error, no JSON, or has no candidate */
    static ChatResponse decode(byte[] body, UpstreamErrors errors) {
        var decoder = new GeminiStreamDecoder(errors);
        var assembly = new ResponseAssembly();
        Consumer<ChatEvent> events = event -> {
            if (event instanceof ChatEvent.Failed failed) {
                throw new Refusal(whole(failed.failure()));
            }
            assembly.accept(event);
        };
        JsonNode answer = tree(body);
        for (JsonNode chunk : answer.isArray() ? answer : List.of(answer)) {
            byte[] bytes = answer.isArray() ? Json.bytes(chunk) : body;
            decoder.event("", bytes, 0, bytes.length, events);
        }
        decoder.assumeFinish();
        decoder.end(events);
        return assembly.response();
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body, 0, body.length);
        } catch (IOException e) {
            throw new Refusal(UpstreamErrors.broken(FailureClass.UPSTREAM));
        }
    }

    /** What would be a broken stream is a failed answer here. */
    private static Failure whole(Failure failure) {
        return failure.type() == FailureClass.STREAM_BROKEN ? UpstreamErrors.broken(FailureClass.UPSTREAM) : failure;
    }
}
