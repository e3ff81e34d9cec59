package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Cited;
import dev.serai.message.ChatEvent.Logprobs;
import dev.serai.message.ChatEvent.PartComplete;
import dev.serai.message.ChatEvent.RefusalDelta;
import dev.serai.message.ChatEvent.TextDelta;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The events inside of output items as canonical events. Forgives what compatible servers are known for: texts and
 * arguments that come only with the event that ends them, items that no event began, and items that come twice.
 */
final class ItemReader {

    private final PartNumbers parts = new PartNumbers();
    private final ReasoningReader reasoning = new ReasoningReader(parts);
    private final CallReader calls = new CallReader(parts);
    private final Map<Place, TextPart> texts = new HashMap<>();
    private final Set<Integer> donePlaces = new HashSet<>();
    private final Set<String> doneIds = new HashSet<>();
    private boolean text;
    private boolean refusal;

    /** Where a content part stands. */
    private record Place(int output, int content) {}

    /** What has been told of a content part. */
    private static final class TextPart {
        private final int index;
        private boolean told;
        private int citations;

        TextPart(int index) {
            this.index = index;
        }
    }

    boolean sawCalls() {
        return calls.any();
    }

    boolean sawOnlyRefusal() {
        return refusal && !text;
    }

    void event(String type, JsonNode data, Consumer<ChatEvent> out) {
        int output = data.path("output_index").asInt(0);
        switch (type) {
            case "response.output_item.added" -> calls.begin(output, data.path("item"), out);
            case "response.output_text.delta" -> {
                text(data, data.path("delta").asText(""), out);
                logprobs(data, out);
            }
            case "response.output_text.done" -> missing(data, "text", out);
            case "response.refusal.delta" -> refusal(data, data.path("delta").asText(""), out);
            case "response.refusal.done" -> missing(data, "refusal", out);
            case "response.output_text.annotation.added" -> cite(place(data), data.path("annotation"), out);
            case "response.reasoning_summary_text.delta" ->
                reasoning.summary(
                        output,
                        data.path("summary_index").asInt(0),
                        data.path("delta").asText(""),
                        out);
            case "response.reasoning_text.delta" ->
                reasoning.full(output, data.path("delta").asText(""), out);
            case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta" ->
                calls.arguments(output, data.path("delta").asText(""), out);
            case "response.function_call_arguments.done" ->
                calls.whole(output, data.path("arguments").asText(""), out);
            case "response.custom_tool_call_input.done" ->
                calls.whole(output, data.path("input").asText(""), out);
            case "response.output_item.done" -> done(output, data.path("item"), out);
            default -> {}
        }
    }

    /** The answer is over. @param output all items in their final form; what was not told is told now */
    void end(JsonNode output, Consumer<ChatEvent> out) {
        for (int i = 0; i < output.size(); i++) {
            done(i, output.get(i), out);
        }
        calls.end(out);
    }

    private void done(int output, JsonNode item, Consumer<ChatEvent> out) {
        String id = item.path("id").asText("");
        boolean known = !id.isEmpty() && doneIds.contains(id) || donePlaces.contains(output);
        if (known || !item.isObject()) {
            return;
        }
        donePlaces.add(output);
        doneIds.add(id);
        switch (item.path("type").asText("")) {
            case "message" -> message(output, item, out);
            case "reasoning" -> reasoning.done(output, item, out);
            case "function_call", "custom_tool_call" -> calls.done(output, item, out);
            case "" -> {}
            default -> out.accept(new PartComplete(parts.next(), OutputDecoder.other(item)));
        }
    }

    private void message(int output, JsonNode item, Consumer<ChatEvent> out) {
        JsonNode content = item.path("content");
        for (int i = 0; i < content.size(); i++) {
            var place = new Place(output, i);
            JsonNode part = content.get(i);
            boolean refused = part.path("type").asText().equals("refusal");
            tell(place, refused, part.path(refused ? "refusal" : "text").asText(""), out);
            TextPart told = texts.get(place);
            if (told != null && told.citations == 0) {
                part.path("annotations").forEach(annotation -> cite(place, annotation, out));
            }
        }
    }

    private void text(JsonNode data, String delta, Consumer<ChatEvent> out) {
        if (!delta.isEmpty()) {
            text = true;
            out.accept(new TextDelta(part(place(data)).index, delta));
        }
    }

    private void refusal(JsonNode data, String delta, Consumer<ChatEvent> out) {
        if (!delta.isEmpty()) {
            refusal = true;
            out.accept(new RefusalDelta(part(place(data)).index, delta));
        }
    }

    private void missing(JsonNode data, String name, Consumer<ChatEvent> out) {
        tell(place(data), name.equals("refusal"), data.path(name).asText(""), out);
    }

    /** A whole text of which no delta came. */
    private void tell(Place place, boolean refused, String whole, Consumer<ChatEvent> out) {
        TextPart known = texts.get(place);
        if (whole.isEmpty() || known != null && known.told) {
            return;
        }
        int index = part(place).index;
        text |= !refused;
        refusal |= refused;
        out.accept(refused ? new RefusalDelta(index, whole) : new TextDelta(index, whole));
    }

    private TextPart part(Place place) {
        TextPart part = texts.computeIfAbsent(place, unused -> new TextPart(parts.next()));
        part.told = true;
        return part;
    }

    private void cite(Place place, JsonNode annotation, Consumer<ChatEvent> out) {
        TextPart part = texts.computeIfAbsent(place, unused -> new TextPart(parts.next()));
        part.citations++;
        out.accept(new Cited(part.index, PartsDecoder.citation(annotation)));
    }

    private void logprobs(JsonNode data, Consumer<ChatEvent> out) {
        var entries = LogprobFields.read(data.path("logprobs"));
        TextPart part = texts.get(place(data));
        if (!entries.isEmpty() && part != null) {
            out.accept(new Logprobs(part.index, entries));
        }
    }

    private static Place place(JsonNode data) {
        return new Place(
                data.path("output_index").asInt(0), data.path("content_index").asInt(0));
    }
}
