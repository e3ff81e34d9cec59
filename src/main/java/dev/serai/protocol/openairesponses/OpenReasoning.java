package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ProviderSignature;
import dev.serai.stream.ByteSink;
import org.jspecify.annotations.Nullable;

/** Reasoning that is open: at most one summary, and a seal that is told when the item is done. */
final class OpenReasoning extends OpenItem {

    private final int part;
    private final StringBuilder text = new StringBuilder();
    private @Nullable ProviderSignature signature;

    OpenReasoning(EventWriter events, String id, int place, int part) {
        super(events, id, place);
        this.part = part;
    }

    void begin(ByteSink out) {
        added(ReasoningItems.item(id(), "", null, OutputItems.IN_PROGRESS), out);
    }

    void text(String delta, ByteSink out) {
        if (text.isEmpty()) {
            event("response.reasoning_summary_part.added", at().set("part", ReasoningItems.summaryText("")), out);
        }
        text.append(delta);
        event("response.reasoning_summary_text.delta", at().put("delta", delta), out);
    }

    void sign(ProviderSignature seal) {
        signature = seal;
    }

    @Override
    boolean holds(int index) {
        return part == index;
    }

    @Override
    ObjectNode item(String status) {
        return ReasoningItems.item(id(), text.toString(), signature, status);
    }

    @Override
    void closing(String status, ByteSink out) {
        if (!text.isEmpty()) {
            event("response.reasoning_summary_text.done", at().put("text", text.toString()), out);
            event(
                    "response.reasoning_summary_part.done",
                    at().set("part", ReasoningItems.summaryText(text.toString())),
                    out);
        }
    }

    private static ObjectNode at() {
        return Json.object().put("summary_index", 0);
    }
}
