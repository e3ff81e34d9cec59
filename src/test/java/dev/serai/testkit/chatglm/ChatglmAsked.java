package dev.serai.testkit.chatglm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One turn as it was asked for.
 *
 * @param conversation the id that it belongs to, also when the server has just made it
 * @param continued whether the caller named the conversation
 * @param text all text of the user message
 * @param files ids of uploads that it shows, pictures among them
 */
public record ChatglmAsked(
        ChatglmAccount account,
        String conversation,
        boolean continued,
        String assistant,
        String text,
        List<String> files,
        JsonNode meta) {

    /** Empty for the normal mode. */
    public String chatMode() {
        return meta.path("chat_mode").asText("");
    }

    public String model() {
        return meta.path("selected_model").asText("");
    }
}
