package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.stream.ByteSink;
import org.jspecify.annotations.Nullable;

/**
 * The items of one streamed answer, one after the other: an item is closed when the next one begins, so that the last one
 * can still be told as incomplete.
 */
final class ItemWriter {

    private final EventWriter events;
    private final String responseId;
    private final Namespaces namespaces;
    private final ArrayNode output = Json.array();
    private @Nullable OpenItem open;

    ItemWriter(EventWriter events, String responseId, Namespaces namespaces) {
        this.events = events;
        this.responseId = responseId;
        this.namespaces = namespaces;
    }

    /** An event of a part; events that are of the whole answer are none of this class's business. */
    void accept(ChatEvent event, ByteSink out) {
        switch (event) {
            case ChatEvent.TextDelta it -> text(it.index(), it.text(), out);
            case ChatEvent.RefusalDelta it -> refusal(it.index(), it.text(), out);
            case ChatEvent.ReasoningDelta it -> {
                if (!it.text().isEmpty()) {
                    reasoning(it.index(), out).text(it.text(), out);
                }
            }
            case ChatEvent.Signature it -> seal(it.index(), it.signature(), out);
            case ChatEvent.ToolCallStart it -> call(it, out);
            case ChatEvent.ToolCallArgsDelta it -> arguments(it, out);
            case ChatEvent.ToolCallEnd it -> {}
            case ChatEvent.PartComplete it -> part(it.index(), it.part(), out);
            case ChatEvent.Cited it -> cite(it, out);
            case ChatEvent.Logprobs it -> {
                if (open instanceof OpenMessage message) {
                    message.logprobs(it.entries());
                }
            }
            case ChatEvent.Start it -> {}
            case ChatEvent.UsageReport it -> {}
            case ChatEvent.Finished it -> {}
            case ChatEvent.Failed it -> {}
            case ChatEvent.Ping it -> {}
        }
    }

    /** Closes the item that is open. @return all items */
    ArrayNode close(String status, ByteSink out) {
        OpenItem last = open;
        open = null;
        if (last != null) {
            output.add(last.done(status, out));
            for (ProviderSignature seal : last.seals()) {
                var item = new OpenReasoning(events, id("rs"), output.size(), 0);
                item.begin(out);
                item.sign(seal);
                output.add(item.done(OutputItems.COMPLETED, out));
            }
        }
        return output;
    }

    /** All items as far as they have come. */
    ArrayNode soFar() {
        ArrayNode all = output.deepCopy();
        if (open != null) {
            all.add(open.item(OutputItems.INCOMPLETE));
        }
        return all;
    }

    private void text(int index, String delta, ByteSink out) {
        if (!delta.isEmpty()) {
            message(out).text(index, delta, out);
        }
    }

    private void refusal(int index, String delta, ByteSink out) {
        if (!delta.isEmpty()) {
            message(out).refusal(index, delta, out);
        }
    }

    private OpenMessage message(ByteSink out) {
        if (open instanceof OpenMessage message) {
            return message;
        }
        close(OutputItems.COMPLETED, out);
        var message = new OpenMessage(events, id("msg"), output.size());
        open = message;
        message.begin(out);
        return message;
    }

    private OpenReasoning reasoning(int index, ByteSink out) {
        if (open instanceof OpenReasoning reasoning && reasoning.holds(index)) {
            return reasoning;
        }
        close(OutputItems.COMPLETED, out);
        var reasoning = new OpenReasoning(events, id("rs"), output.size(), index);
        open = reasoning;
        reasoning.begin(out);
        return reasoning;
    }

    /** Only reasoning has a place for a seal; that of another item waits until the item is done. */
    private void seal(int index, ProviderSignature seal, ByteSink out) {
        OpenItem item = open;
        if (item != null && item.holds(index) && !(item instanceof OpenReasoning)) {
            item.seal(seal);
        } else {
            reasoning(index, out).sign(seal);
        }
    }

    private void call(ChatEvent.ToolCallStart start, ByteSink out) {
        close(OutputItems.COMPLETED, out);
        String id = id(OutputItems.callPrefix(start.kind()));
        var call = new OpenCall(events, id, output.size(), start, namespaces.find(start.name()));
        open = call;
        call.begin(out);
    }

    private void arguments(ChatEvent.ToolCallArgsDelta delta, ByteSink out) {
        if (open instanceof OpenCall call && call.holds(delta.index())) {
            call.arguments(delta.fragment(), out);
        }
    }

    private void cite(ChatEvent.Cited event, ByteSink out) {
        JsonNode annotation = Annotations.of(event.citation());
        if (annotation != null) {
            message(out).annotate(event.index(), annotation, out);
        }
    }

    private void part(int index, Part part, ByteSink out) {
        if (part instanceof Part.Image image) {
            text(index, OutputItems.imageText(image), out);
            close(OutputItems.COMPLETED, out);
            whole(OutputItems.image(id("ig"), image, OutputItems.COMPLETED), out);
        } else if (part instanceof Part.Opaque item) {
            close(OutputItems.COMPLETED, out);
            whole(OutputItems.opaque(id("item"), item), out);
        }
    }

    /** An item that comes as a whole. */
    private void whole(@Nullable ObjectNode item, ByteSink out) {
        if (item != null) {
            ObjectNode begun = item.deepCopy();
            if (begun.path("result").isTextual()) {
                begun.putNull("result");
            }
            if (begun.path("status").isTextual()) {
                begun.put("status", OutputItems.IN_PROGRESS);
            }
            int place = output.size();
            events.write(
                    "response.output_item.added",
                    Json.object().put("output_index", place).set("item", begun),
                    out);
            events.write(
                    "response.output_item.done",
                    Json.object().put("output_index", place).set("item", item),
                    out);
            output.add(item);
        }
    }

    private String id(String prefix) {
        return OutputItems.id(prefix, responseId, output.size());
    }
}
