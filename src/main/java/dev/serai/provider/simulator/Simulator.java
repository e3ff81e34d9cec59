package dev.serai.provider.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.call.Call;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * A model that needs no provider: says what it was asked, word by word, on the OpenAI Chat Completions wire. Tokens are
 * words.
 */
public final class Simulator implements Processor {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws IOException {
        var call = Call.of(exchange);
        var request = JSON.readTree(exchange.getMessage().getBody(byte[].class));
        String said = lastUserText(request.path("messages"));
        String answer = "This is Serai's simulator. You said: " + said;
        long created = call.arrived().getEpochSecond();
        var reply = new Reply(call.id(), created, request.path("model").asText(), answer, words(said));
        exchange.getMessage().setBody(request.path("stream").asBoolean() ? reply.stream() : reply.whole());
    }

    private static String lastUserText(JsonNode messages) {
        String text = "";
        for (var message : messages) {
            if (message.path("role").asText().equals("user")) {
                text = text(message.path("content"));
            }
        }
        return text;
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        var parts = new ArrayList<String>();
        content.forEach(part -> parts.add(part.path("text").asText("")));
        return String.join(" ", parts);
    }

    private static int words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    /** One answer in its two forms. */
    private record Reply(String id, long created, String model, String answer, int promptTokens) {

        byte[] whole() throws IOException {
            var choice = JSON.createObjectNode().put("index", 0);
            choice.putObject("message")
                    .put("role", "assistant")
                    .put("content", answer)
                    .putNull("refusal");
            choice.putNull("logprobs").put("finish_reason", "stop");
            var body = envelope("chat.completion");
            body.putArray("choices").add(choice);
            body.set("usage", usage());
            return JSON.writeValueAsBytes(body);
        }

        ByteArrayInputStream stream() {
            var events = new StringBuilder();
            events.append(event(chunk(delta -> delta.put("role", "assistant").put("content", ""), null)));
            for (String piece : answer.split("(?<=\\s)", -1)) {
                if (!piece.isEmpty()) {
                    events.append(event(chunk(delta -> delta.put("content", piece), null)));
                }
            }
            events.append(event(chunk(delta -> delta, "stop")));
            var last = envelope("chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage());
            events.append(event(last)).append("data: [DONE]\n\n");
            return new ByteArrayInputStream(events.toString().getBytes(StandardCharsets.UTF_8));
        }

        private ObjectNode chunk(UnaryOperator<ObjectNode> fill, @Nullable String finish) {
            var choice = JSON.createObjectNode().put("index", 0);
            choice.set("delta", fill.apply(JSON.createObjectNode()));
            choice.putNull("logprobs").put("finish_reason", finish);
            var chunk = envelope("chat.completion.chunk");
            chunk.putArray("choices").add(choice);
            return chunk.putNull("usage");
        }

        private ObjectNode envelope(String object) {
            return JSON.createObjectNode()
                    .put("id", "chatcmpl-" + id)
                    .put("object", object)
                    .put("created", created)
                    .put("model", model);
        }

        private ObjectNode usage() {
            int completion = words(answer);
            return JSON.createObjectNode()
                    .put("prompt_tokens", promptTokens)
                    .put("completion_tokens", completion)
                    .put("total_tokens", promptTokens + completion);
        }

        private static String event(ObjectNode data) {
            return "data: " + data + "\n\n";
        }
    }
}
