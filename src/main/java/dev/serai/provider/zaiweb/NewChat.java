package dev.serai.provider.zaiweb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import java.time.Instant;

/** The chat that is made before its first message is sent. */
final class NewChat {

    /** How much of the message is told. */
    private static final int LONGEST = 500;

    private NewChat() {}

    /** @param thinking the model is to think. @param messageId the message that begins the chat */
    static ObjectNode of(String model, String prompt, boolean thinking, String messageId, Instant now) {
        var chat = Json.object().put("id", "").put("title", "New Chat");
        chat.putArray("models").add(model);
        chat.putObject("params");
        var history = chat.putObject("history").put("currentId", messageId);
        var message = history.putObject("messages").putObject(messageId);
        message.put("id", messageId).putNull("parentId").putArray("childrenIds");
        message.put("role", "user").put("content", cut(prompt)).put("timestamp", now.getEpochSecond());
        message.putArray("models").add(model);
        chat.putArray("tags");
        chat.putArray("flags");
        chat.putArray("features");
        chat.putArray("mcp_servers");
        chat.put("enable_thinking", thinking).put("auto_web_search", false).put("message_version", 1);
        chat.putObject("extra");
        return chat.put("timestamp", now.toEpochMilli()).put("type", "default");
    }

    private static String cut(String prompt) {
        return prompt.codePointCount(0, prompt.length()) <= LONGEST
                ? prompt
                : prompt.substring(0, prompt.offsetByCodePoints(0, LONGEST));
    }
}
