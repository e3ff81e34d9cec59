package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.Role;
import dev.serai.protocol.Losses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns as {@code messages}: user and assistant by turns, the first one a user's; every call answered in the turn behind it,
 * results in front. Used once.
 */
final class MessagesEncoder {

    /** Stands where the wire wants a user to speak and nobody has. */
    private static final String GO_ON = "Go on.";

    private final BlocksEncoder blocks;
    private final CacheMarks cache;
    private final ArrayNode messages = Json.array();
    private final Set<String> openCalls = new LinkedHashSet<>();
    private boolean inLoop;
    private boolean thinkingKept;

    MessagesEncoder(AnthropicMessagesDialect dialect, CacheMarks cache, Losses losses) {
        this.blocks = new BlocksEncoder(dialect, cache, losses);
        this.cache = cache;
    }

    ArrayNode encode(ChatRequest request, ClaudeModel model) {
        for (Message message : request.messages()) {
            switch (message.role()) {
                case USER -> user(message.parts());
                case ASSISTANT -> assistant(message.parts());
                case SYSTEM -> user(reminder(message.parts()));
            }
        }
        if (!openCalls.isEmpty()) {
            user(List.of());
        }
        end(model);
        return messages;
    }

    /** Whether calls were just answered whose turn does not begin with thinking: then no budget to think may be given. */
    boolean loopLacksThinking() {
        return inLoop && !thinkingKept;
    }

    private static List<Part> reminder(List<Part> parts) {
        return parts.stream()
                .map(part -> part instanceof Part.Text text
                        ? new Part.Text(
                                "<system-reminder>\n" + text.text() + "\n</system-reminder>",
                                List.of(),
                                text.cache(),
                                null)
                        : part)
                .toList();
    }

    private void user(List<Part> parts) {
        ArrayNode content = Json.array();
        Map<String, Part.ToolResult> results = new LinkedHashMap<>();
        List<Part> rest = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.ToolResult result) {
                results.putIfAbsent(result.callId(), result);
            } else {
                rest.add(part);
            }
        }
        inLoop = !openCalls.isEmpty();
        for (String id : openCalls) {
            Part.ToolResult result = results.remove(id);
            content.add(result == null ? BlocksEncoder.noResult(id) : blocks.result(result));
        }
        openCalls.clear();
        results.values().forEach(orphan -> blocks.parts(orphan.content(), content));
        blocks.parts(rest, content);
        append(Role.USER, content);
    }

    private void assistant(List<Part> parts) {
        if (!openCalls.isEmpty()) {
            user(List.of());
        }
        ArrayNode content = Json.array();
        for (Part part : parts) {
            blocks.assistant(part, content);
            if (part instanceof Part.ToolCall call) {
                openCalls.add(call.id());
            }
        }
        if (!content.isEmpty()) {
            String first = content.path(0).path("type").asText();
            thinkingKept = first.equals("thinking") || first.equals("redacted_thinking");
            append(Role.ASSISTANT, content);
        }
    }

    /** Content of the role that spoke last goes on with its message. */
    private void append(Role role, ArrayNode content) {
        if (content.isEmpty()) {
            return;
        }
        if (messages.isEmpty() && role == Role.ASSISTANT) {
            message("user").put("content", GO_ON);
        }
        String name = role == Role.USER ? "user" : "assistant";
        JsonNode last = messages.path(messages.size() - 1);
        if (last.path("role").asText().equals(name) && last instanceof ObjectNode message) {
            blocksOf(message).addAll(content);
        } else if (isPlainText(content)) {
            message(name).set("content", content.get(0).get("text"));
        } else {
            message(name).set("content", content);
        }
    }

    private ObjectNode message(String role) {
        return messages.addObject().put("role", role);
    }

    private static boolean isPlainText(ArrayNode content) {
        JsonNode first = content.get(0);
        return content.size() == 1 && first.path("type").asText().equals("text") && first.size() == 2;
    }

    private ArrayNode blocksOf(ObjectNode message) {
        if (message.get("content") instanceof ArrayNode array) {
            return array;
        }
        ObjectNode text = Json.object().put("type", "text");
        text.set("text", message.get("content"));
        return message.putArray("content").add(cache.mark(text, null));
    }

    /** Somebody must speak, and for newer models the last word is the user's; a beginning may not end in white space. */
    private void end(ClaudeModel model) {
        JsonNode last = messages.path(messages.size() - 1);
        boolean assistant = last.path("role").asText().equals("assistant");
        if (messages.isEmpty() || assistant && !model.takesPrefill()) {
            message("user").put("content", GO_ON);
        } else if (assistant
                && last instanceof ObjectNode message
                && message.get("content").isTextual()) {
            message.put("content", message.get("content").textValue().stripTrailing());
        }
    }
}
