package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.ChatResponse;
import dev.serai.message.Extensions;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Part;
import dev.serai.message.Refusal;
import dev.serai.message.Usage;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.UpstreamErrorFields;
import dev.serai.protocol.UpstreamErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole answer of an upstream in canonical form. */
final class OpenAiChatResponseDecoder {

    private static final String ID_PREFIX = "chatcmpl-";

    private OpenAiChatResponseDecoder() {}

    /** @throws Refusal of an upstream's class when the answer is an error, no JSON, or has no choice */
    static ChatResponse decode(byte[] body, OpenAiChatDialect dialect) {
        try {
            JsonNode answer = Json.tree(body, 0, body.length);
            UpstreamError error = error(answer.path("error"));
            if (error != null) {
                throw new Refusal(dialect.failure(error, FailureClass.UPSTREAM));
            }
            JsonNode choice = answer.path("choices").path(0);
            if (!choice.path("message").isObject()) {
                throw failed();
            }
            return response(answer, choice, dialect);
        } catch (IOException e) {
            throw failed();
        }
    }

    private static ChatResponse response(JsonNode answer, JsonNode choice, OpenAiChatDialect dialect)
            throws IOException {
        List<Part> parts = parts(choice, answer.path("id").asText());
        Finish finish = finish(reason(choice), parts, dialect);
        if (finish.reason() == Finish.Reason.ERROR) {
            throw failed();
        }
        JsonNode tier = answer.path("service_tier");
        return new ChatResponse(
                id(answer.path("id").asText("")),
                answer.path("model").asText(""),
                answer.path("created").asLong(0),
                parts,
                finish,
                usage(answer.path("usage")),
                tier.isTextual() ? tier.textValue() : null,
                LogprobFields.read(choice.path("logprobs")),
                Extensions.NONE);
    }

    private static List<Part> parts(JsonNode choice, String id) {
        try {
            JsonNode message = choice.path("message");
            var parts = new ArrayList<Part>(AssistantDecoder.parts(Fields.of(message, "message"), "call_" + id(id)));
            parts.removeIf(part -> part instanceof Part.Text text && text.text().isEmpty());
            MediaFields.addTo(parts, message);
            return parts;
        } catch (Refusal wrongType) {
            throw failed();
        }
    }

    /** Why a choice ended; {@code ""} when it has not. */
    static String reason(JsonNode choice) {
        JsonNode reason = choice.path("finish_reason");
        return reason.isTextual() ? FinishReasons.word(reason.textValue()) : "";
    }

    /** A finish with what the parts tell: calls that were made, a refusal that was said. */
    static Finish finish(String reason, List<Part> parts, OpenAiChatDialect dialect) {
        boolean calls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
        boolean text = parts.stream().anyMatch(Part.Text.class::isInstance);
        boolean refusal = parts.stream().anyMatch(Part.RefusalText.class::isInstance);
        return finish(reason, calls, refusal && !text, dialect);
    }

    static Finish finish(String reason, boolean calls, boolean refused, OpenAiChatDialect dialect) {
        Finish finish = dialect.finish(reason.isEmpty() ? "stop" : reason).withCalls(calls);
        return refused && finish.reason() == Finish.Reason.STOP ? Finish.of(Finish.Reason.REFUSAL, reason) : finish;
    }

    static String id(String id) {
        return id.startsWith(ID_PREFIX) ? id.substring(ID_PREFIX.length()) : id;
    }

    static @Nullable Usage usage(JsonNode usage) throws IOException {
        try (JsonParser parser = usage.traverse()) {
            parser.nextToken();
            return UsageFields.read(parser);
        }
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
