package dev.serai.testkit.zai;

import com.fasterxml.jackson.databind.JsonNode;

/** One turn as it was asked for. @param prompt text of the last user message */
public record ZaiAsked(ZaiSession session, String model, String prompt, JsonNode body) {

    public String chatId() {
        return body.path("chat_id").asText("");
    }

    /** A switch among {@code features}. */
    public boolean feature(String name) {
        return body.path("features").path(name).asBoolean(false);
    }
}
