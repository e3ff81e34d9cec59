package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.ReasoningDelta;
import dev.serai.message.ChatEvent.Signature;
import dev.serai.message.Part;
import dev.serai.message.ReasoningForm;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The reasoning items of one streamed answer: of a summary and the reasoning itself, the one that comes first is told. */
final class ReasoningReader {

    private final PartNumbers parts;
    private final Map<Integer, Item> items = new HashMap<>();

    ReasoningReader(PartNumbers parts) {
        this.parts = parts;
    }

    private static final class Item {
        private final int index;
        private @Nullable ReasoningForm form;
        private int summary;

        Item(int index) {
            this.index = index;
        }
    }

    /** Summaries of one item are set apart as paragraphs. */
    void summary(int place, int number, String delta, Consumer<ChatEvent> out) {
        if (delta.isEmpty()) {
            return;
        }
        Item item = item(place);
        boolean next = item.form == ReasoningForm.SUMMARY && item.summary != number;
        item.summary = number;
        tell(item, ReasoningForm.SUMMARY, next ? "\n\n" + delta : delta, out);
    }

    void full(int place, String delta, Consumer<ChatEvent> out) {
        if (!delta.isEmpty()) {
            tell(item(place), ReasoningForm.FULL, delta, out);
        }
    }

    /** The final form alone holds the seal. */
    void done(int place, JsonNode item, Consumer<ChatEvent> out) {
        Part.Reasoning whole = ReasoningItems.part(item);
        if (whole == null) {
            return;
        }
        Item known = item(place);
        if (known.form == null && !whole.text().isEmpty()) {
            tell(known, whole.form(), whole.text(), out);
        }
        if (whole.signature() != null) {
            out.accept(new Signature(known.index, whole.signature()));
        }
    }

    private Item item(int place) {
        return items.computeIfAbsent(place, unused -> new Item(parts.next()));
    }

    private static void tell(Item item, ReasoningForm form, String text, Consumer<ChatEvent> out) {
        if (item.form == null) {
            item.form = form;
        }
        if (item.form == form) {
            out.accept(new ReasoningDelta(item.index, text, form));
        }
    }
}
