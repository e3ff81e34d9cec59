package dev.serai.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Refusal;
import dev.serai.protocol.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which items of a list are asked for, in OpenAI's way.
 *
 * @param limit the most items
 * @param ascending oldest first
 * @param after the id of the item before the first, or null
 */
record InputItemPage(int limit, boolean ascending, @Nullable String after) {

    private static final int USUAL = 20;
    private static final int MOST = 100;

    /** @throws Refusal that names the parameter */
    static InputItemPage asked(RequestHead head) {
        String order = first(head, "order");
        if (order != null && !order.equals("asc") && !order.equals("desc")) {
            throw Refusal.invalid("order", "order: 'asc' or 'desc' is expected");
        }
        return new InputItemPage(limit(first(head, "limit")), "asc".equals(order), first(head, "after"));
    }

    /** @param items in the order they were said */
    ObjectNode of(List<ObjectNode> items) {
        var ordered = ascending ? items : items.reversed();
        int from = after == null ? 0 : behind(ordered, after);
        int to = Math.min(ordered.size(), from + limit);
        var page = ordered.subList(from, to);
        var list = Json.object().put("object", "list");
        list.putArray("data").addAll(page);
        list.put("first_id", page.isEmpty() ? null : page.getFirst().path("id").textValue());
        list.put("last_id", page.isEmpty() ? null : page.getLast().path("id").textValue());
        return list.put("has_more", to < ordered.size());
    }

    private static int behind(List<ObjectNode> items, String id) {
        for (int i = 0; i < items.size(); i++) {
            if (id.equals(items.get(i).path("id").textValue())) {
                return i + 1;
            }
        }
        throw Refusal.invalid("after", "after: no item of this list has this id");
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        throw Refusal.invalid("limit", "limit: a whole number from 1 to " + MOST + " is expected");
    }

    private static @Nullable String first(RequestHead head, String name) {
        var values = head.query(name);
        return values.isEmpty() ? null : values.getFirst();
    }
}
