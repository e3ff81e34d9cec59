package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.ChatResponse;
import dev.serai.message.Extensions;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Refusal;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.UpstreamErrorFields;
import dev.serai.protocol.UpstreamErrors;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A whole answer of an upstream in canonical form. */
final class OpenAiResponsesResponseDecoder {

    private OpenAiResponsesResponseDecoder() {}

    /** @throws Refusal of an upstream's class when the answer is an error, no JSON, not over, or has no output */
    static ChatResponse decode(byte[] body, OpenAiResponsesSurface.Errors errors) {
        try {
            JsonNode answer = Json.tree(body, 0, body.length);
            UpstreamError error = error(answer.path("error"));
            if (error != null) {
                throw new Refusal(errors.failure(error, FailureClass.UPSTREAM));
            }
            String status = answer.path("status").asText(OutputItems.COMPLETED);
            boolean over = status.equals(OutputItems.COMPLETED) || status.equals(OutputItems.INCOMPLETE);
            if (!over || !answer.path("output").isArray()) {
                throw failed();
            }
            return response(answer, status);
        } catch (IOException notJson) {
            throw failed();
        }
    }

    private static ChatResponse response(JsonNode answer, String status) throws IOException {
        OutputDecoder output = OutputDecoder.of(answer.path("output"));
        JsonNode tier = answer.path("service_tier");
        return new ChatResponse(
                ResponseObject.bareId(answer.path("id").asText("")),
                answer.path("model").asText(""),
                answer.path("created_at").asLong(0),
                output.parts(),
                finish(answer, status, output.calls(), output.onlyRefusal()),
                UsageFields.read(answer.path("usage")),
                tier.isTextual() ? tier.textValue() : null,
                output.logprobs(),
                Extensions.NONE);
    }

    static Finish finish(JsonNode answer, String status, boolean calls, boolean onlyRefusal) {
        String reason = answer.path("incomplete_details").path("reason").asText("");
        return Endings.decode(status, reason, calls, onlyRefusal);
    }

    static @Nullable UpstreamError error(JsonNode error) throws IOException {
        if (error.isMissingNode()) {
            return null;
        }
        try (JsonParser parser = error.traverse()) {
            parser.nextToken();
            return UpstreamErrorFields.read(parser);
        }
    }

    private static Refusal failed() {
        return new Refusal(UpstreamErrors.of(FailureClass.UPSTREAM));
    }
}
