package dev.serai.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Refusal;
import dev.serai.protocol.RequestHead;
import dev.serai.routing.config.ModelEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gemini's list, in pages by {@code pageSize} and {@code pageToken}; the token names the last model of the page before. */
final class GeminiModels implements ModelShape {

    private static final int USUAL = 50;
    private static final int MOST = 1000;

    @Override
    public ObjectNode card(ModelEntry entry, Instant created) {
        return GeminiModelCard.of(entry);
    }

    @Override
    public ObjectNode list(List<ModelEntry> entries, RequestHead head, Instant created) {
        int from = behind(entries, PageQuery.text(head, "pageToken"));
        int to = Math.min(entries.size(), from + PageQuery.size(head, "pageSize", USUAL, MOST));
        var list = Json.object();
        var models = list.putArray("models");
        entries.subList(from, to).forEach(entry -> models.add(card(entry, created)));
        if (to < entries.size()) {
            list.put("nextPageToken", token(entries.get(to - 1).name()));
        }
        return list;
    }

    private static int behind(List<ModelEntry> entries, @Nullable String token) {
        if (token == null) {
            return 0;
        }
        for (int i = 0; i < entries.size(); i++) {
            if (token(entries.get(i).name()).equals(token)) {
                return i + 1;
            }
        }
        throw Refusal.invalid("pageToken", "pageToken: not a token of this list");
    }

    private static String token(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }
}
