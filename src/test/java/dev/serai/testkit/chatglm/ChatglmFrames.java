package dev.serai.testkit.chatglm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serai.json.Json;
import dev.serai.testkit.emulator.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The frames of one answer. */
final class ChatglmFrames {

    private static final String CREATED = "2026-09-11 10:00:00";

    private final String history;
    private final String conversation;
    private final String assistant;
    private final ChatglmAnswer answer;
    private final List<JsonNode> finished = new ArrayList<>();
    private final List<SseEvent> events = new ArrayList<>();

    ChatglmFrames(String history, String conversation, String assistant, ChatglmAnswer answer) {
        this.history = history;
        this.conversation = conversation;
        this.assistant = assistant;
        this.answer = answer;
    }

    List<SseEvent> events() {
        int number = 0;
        for (var part : answer.parts()) {
            frames(part, ++number);
        }
        String status = answer.status();
        if (status != null) {
            frame(repeated(), status, answer.error());
        }
        return events;
    }

    private void frames(ChatglmPart part, int number) {
        var sofar = new StringBuilder();
        for (String piece : part.pieces()) {
            sofar.append(piece);
            String shown = answer.shape().cumulative() ? sofar.toString() : piece;
            changed(node(part, number, TextNode.valueOf(shown), "init"));
        }
        var whole = part.whole();
        if (whole != null) {
            var node = node(part, number, whole, "finish");
            changed(node);
            finished.add(node);
        }
    }

    private void changed(ObjectNode part) {
        var parts = new ArrayList<JsonNode>();
        if (answer.shape().wholeParts()) {
            parts.addAll(finished);
        }
        parts.add(part);
        frame(parts, "init", Json.object());
    }

    private List<JsonNode> repeated() {
        return switch (answer.shape().last()) {
            case NONE -> List.of();
            case LAST -> finished.isEmpty() ? List.of() : List.of(finished.getLast());
            case ALL -> finished;
        };
    }

    private ObjectNode node(ChatglmPart part, int number, JsonNode value, String status) {
        var node = Json.object().put("id", "p-lg-" + number);
        if (answer.shape().logicIds()) {
            node.put("logic_id", "lg-" + number);
        }
        var content = node.put("role", part.role()).putArray("content").addObject();
        content.put("type", part.type());
        if (!part.field().isEmpty()) {
            content.set(part.field(), value);
        }
        content.put("status", status);
        node.put("model", "glm-synthetic").put("created_at", CREATED).set("meta_data", part.meta());
        return node.put("status", status);
    }

    private void frame(List<JsonNode> parts, String status, ObjectNode error) {
        var frame = Json.object()
                .put("id", history)
                .put("conversation_id", conversation)
                .put("assistant_id", assistant);
        frame.putArray("parts").addAll(parts);
        frame.put("created_at", CREATED).putObject("meta_data");
        frame.put("status", status);
        boolean elsewhere = answer.errorMember() && !error.isEmpty();
        frame.set("last_error", elsewhere ? Json.object() : error);
        if (elsewhere) {
            frame.set("error", error);
        }
        events.add(new SseEvent(answer.shape().event(), new String(Json.bytes(frame), StandardCharsets.UTF_8)));
    }
}
