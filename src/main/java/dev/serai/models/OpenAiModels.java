package dev.serai.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.protocol.RequestHead;
import dev.serai.routing.config.ModelEntry;
import java.time.Instant;
import java.util.List;

/** OpenAI's list, which has no pages. */
final class OpenAiModels implements ModelShape {

    @Override
    public ObjectNode card(ModelEntry entry, Instant created) {
        return OpenAiModelCard.of(entry, created.getEpochSecond());
    }

    @Override
    public ObjectNode list(List<ModelEntry> entries, RequestHead head, Instant created) {
        var list = Json.object().put("object", "list");
        var data = list.putArray("data");
        entries.forEach(entry -> data.add(card(entry, created)));
        return list;
    }
}
