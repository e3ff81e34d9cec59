package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ProviderSignature;
import dev.serai.stream.ByteSink;
import java.util.ArrayList;
import java.util.List;

/** The one item of a streamed answer that is open. */
abstract class OpenItem {

    private final EventWriter events;
    private final String id;
    private final int place;
    private final List<ProviderSignature> seals = new ArrayList<>();

    /** @param place the item's place in the output */
    OpenItem(EventWriter events, String id, int place) {
        this.events = events;
        this.id = id;
        this.place = place;
    }

    /** Whether the item holds the canonical part of this index. */
    abstract boolean holds(int part);

    /** The item with this status, as far as it has come. */
    abstract ObjectNode item(String status);

    /** Writes what closes the item's inside. */
    abstract void closing(String status, ByteSink out);

    final String id() {
        return id;
    }

    final void added(ObjectNode item, ByteSink out) {
        write("response.output_item.added", item, out);
    }

    /** Closes the item. @return its final form */
    final ObjectNode done(String status, ByteSink out) {
        closing(status, out);
        ObjectNode item = item(status);
        write("response.output_item.done", item, out);
        return item;
    }

    private void write(String type, ObjectNode item, ByteSink out) {
        events.write(type, Json.object().put("output_index", place).set("item", item), out);
    }

    /** An event inside of the item. */
    final void event(String type, ObjectNode members, ByteSink out) {
        ObjectNode data = Json.object().put("item_id", id).put("output_index", place);
        events.write(type, data.setAll(members), out);
    }

    /** Keeps a seal for which the item has no place. */
    final void seal(ProviderSignature seal) {
        seals.add(seal);
    }

    final List<ProviderSignature> seals() {
        return seals;
    }
}
