package dev.serai.protocol.openairesponses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the vendor's clients enforce on a stream, written down a second time. */
final class ResponsesStateMachine {

    private final Set<String> ids = new HashSet<>();
    private final List<JsonNode> done = new ArrayList<>();
    private final Map<String, StringBuilder> texts = new HashMap<>();
    private @Nullable JsonNode open;
    private boolean partOpen;
    private int parts;
    private String responseId = "";
    private String terminal = "";

    /** @return the final response */
    static JsonNode check(List<JsonNode> events) {
        var machine = new ResponsesStateMachine();
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("sequence_number").asInt(-1)).isEqualTo(i);
            assertThat(machine.terminal).as("nothing follows").isEmpty();
            machine.event(i, events.get(i).path("type").asText(), events.get(i));
        }
        assertThat(machine.terminal).as("terminal event").isNotEmpty();
        return events.getLast().path("response");
    }

    private void event(int number, String type, JsonNode event) {
        assertThat(number == 0).as(type).isEqualTo(type.equals("response.created"));
        switch (type) {
            case "response.created" -> {
                responseId = event.at("/response/id").asText();
                assertThat(responseId).startsWith("resp_");
            }
            case "response.in_progress" -> assertThat(number).isEqualTo(1);
            case "response.output_item.added" -> added(event);
            case "response.output_item.done" -> itemDone(event);
            case "response.content_part.added" -> {
                inItem(event, "message");
                assertThat(partOpen).isFalse();
                partOpen = true;
                assertThat(event.path("content_index").asInt(-1)).isEqualTo(parts++);
            }
            case "response.content_part.done" -> {
                inItem(event, "message");
                assertThat(partOpen).isTrue();
                partOpen = false;
            }
            case "response.output_text.delta", "response.refusal.delta" -> delta(event, "message");
            case "response.output_text.done" -> whole(event, event.path("text").asText());
            case "response.refusal.done" -> whole(event, event.path("refusal").asText());
            case "response.output_text.annotation.added" -> inItem(event, "message");
            case "response.reasoning_summary_part.added", "response.reasoning_summary_part.done" ->
                inItem(event, "reasoning");
            case "response.reasoning_summary_text.delta" -> delta(event, "reasoning");
            case "response.reasoning_summary_text.done" ->
                whole(event, event.path("text").asText());
            case "response.function_call_arguments.delta" -> delta(event, "function_call");
            case "response.function_call_arguments.done" ->
                whole(event, event.path("arguments").asText());
            case "response.custom_tool_call_input.delta" -> delta(event, "custom_tool_call");
            case "response.custom_tool_call_input.done" ->
                whole(event, event.path("input").asText());
            case "response.completed", "response.incomplete", "response.failed" -> over(type, event.path("response"));
            default -> throw new AssertionError("an event that clients do not know: " + type);
        }
    }

    private void added(JsonNode event) {
        assertThat(open).as("no item inside of another").isNull();
        assertThat(event.path("output_index").asInt(-1)).isEqualTo(done.size());
        open = event.path("item");
        assertThat(ids.add(event.at("/item/id").asText())).as("a new id").isTrue();
        assertThat(event.at("/item/id").asText()).isNotEmpty();
        parts = 0;
    }

    private void itemDone(JsonNode event) {
        JsonNode item = event.path("item");
        JsonNode begun = Objects.requireNonNull(open, "an item is open");
        assertThat(partOpen).isFalse();
        assertThat(event.path("output_index").asInt(-1)).isEqualTo(done.size());
        for (String name : List.of("id", "type", "call_id", "name", "namespace")) {
            assertThat(item.path(name)).isEqualTo(begun.path(name));
        }
        done.add(item);
        open = null;
    }

    private void inItem(JsonNode event, String type) {
        JsonNode item = Objects.requireNonNull(open, "an item is open");
        assertThat(event.path("item_id").asText()).isEqualTo(item.path("id").asText());
        assertThat(item.path("type").asText()).isEqualTo(type);
        assertThat(event.path("output_index").asInt(-1)).isEqualTo(done.size());
    }

    private void delta(JsonNode event, String type) {
        inItem(event, type);
        assertThat(type.equals("message")).isEqualTo(partOpen);
        assertThat(event.path("delta").asText()).isNotEmpty();
        texts.computeIfAbsent(place(event), unused -> new StringBuilder())
                .append(event.path("delta").asText());
    }

    private void whole(JsonNode event, String text) {
        assertThat(text).isEqualTo(String.valueOf(texts.getOrDefault(place(event), new StringBuilder())));
    }

    private static String place(JsonNode event) {
        return event.path("item_id").asText() + "/"
                + event.path("content_index").asInt(0);
    }

    private void over(String type, JsonNode response) {
        terminal = type;
        assertThat(response.path("id").asText()).isEqualTo(responseId);
        if (!type.equals("response.failed")) {
            assertThat(open).as("an item is left open").isNull();
            assertThat(List.copyOf(items(response))).isEqualTo(done);
        }
    }

    private static List<JsonNode> items(JsonNode response) {
        var items = new ArrayList<JsonNode>();
        response.path("output").forEach(items::add);
        return items;
    }
}
