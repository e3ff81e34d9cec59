package dev.serai.provider.chatglmweb;

import dev.serai.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What a video under way is known by here.
 *
 * @param chat its name at the service
 * @param key of the sound track that it is to get, {@code ""} for none
 * @param audio the track's id
 */
record ChatglmTask(String chat, String key, String audio) {

    String text() {
        var task = Json.object().put("chat", chat).put("key", key).put("audio", audio);
        return new String(Json.bytes(task), StandardCharsets.UTF_8);
    }

    static ChatglmTask of(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var task = Json.tree(bytes, 0, bytes.length);
        return new ChatglmTask(
                task.path("chat").asText(),
                task.path("key").asText(),
                task.path("audio").asText());
    }

    boolean wantsSound() {
        return !audio.isEmpty();
    }
}
