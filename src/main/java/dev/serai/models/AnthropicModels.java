package dev.serai.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Refusal;
import dev.serai.protocol.RequestHead;
import dev.serai.routing.config.ModelEntry;
import java.time.Instant;
import java.util.List;

/** Anthropic's list, in pages by {@code limit}, {@code after_id} and {@code before_id}. */
final class AnthropicModels implements ModelShape {

    private static final int USUAL = 20;
    private static final int MOST = 1000;

    @Override
    public ObjectNode card(ModelEntry entry, Instant created) {
        return AnthropicModelCard.of(entry, created);
    }

    @Override
    public ObjectNode list(List<ModelEntry> entries, RequestHead head, Instant created) {
        int limit = PageQuery.size(head, "limit", USUAL, MOST);
        String after = PageQuery.text(head, "after_id");
        String before = PageQuery.text(head, "before_id");
        if (after != null && before != null) {
            throw Refusal.invalid("before_id", "before_id: only one of after_id and before_id may be given");
        }
        int from = after == null ? 0 : place(entries, "after_id", after) + 1;
        int to = Math.min(entries.size(), from + limit);
        boolean more = to < entries.size();
        if (before != null) {
            to = place(entries, "before_id", before);
            from = Math.max(0, to - limit);
            more = from > 0;
        }
        var page = entries.subList(from, to);
        var list = Json.object();
        var data = list.putArray("data");
        page.forEach(entry -> data.add(card(entry, created)));
        return list.put("has_more", more)
                .put("first_id", page.isEmpty() ? null : page.getFirst().name())
                .put("last_id", page.isEmpty() ? null : page.getLast().name());
    }

    private static int place(List<ModelEntry> entries, String parameter, String id) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).name().equals(id)) {
                return i;
            }
        }
        throw Refusal.invalid(parameter, parameter + ": there is no such model");
    }
}
