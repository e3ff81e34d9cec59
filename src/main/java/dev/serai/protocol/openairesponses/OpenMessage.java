package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Logprob;
import dev.serai.stream.ByteSink;
import java.util.List;

/** A message that is open, with its last content part. */
final class OpenMessage extends OpenItem {

    private static final int NONE = -1;

    private final ArrayNode content = Json.array();
    private final StringBuilder text = new StringBuilder();
    private ArrayNode annotations = Json.array();
    private ArrayNode logprobs = Json.array();
    private boolean refusal;
    private int part = NONE;

    OpenMessage(EventWriter events, String id, int place) {
        super(events, id, place);
    }

    void begin(ByteSink out) {
        added(OutputItems.message(id(), OutputItems.IN_PROGRESS, Json.array()), out);
    }

    void text(int index, String delta, ByteSink out) {
        open(index, false, out);
        if (!delta.isEmpty()) {
            text.append(delta);
            ObjectNode members = at().put("delta", delta);
            members.putArray("logprobs");
            event("response.output_text.delta", members, out);
        }
    }

    void refusal(int index, String delta, ByteSink out) {
        open(index, true, out);
        text.append(delta);
        event("response.refusal.delta", at().put("delta", delta), out);
    }

    /** An annotation of the text that is open; one that comes before any text begins it. */
    void annotate(int index, JsonNode annotation, ByteSink out) {
        if (part == NONE || refusal) {
            open(index, false, out);
        }
        ObjectNode members = at().put("annotation_index", annotations.size());
        annotations.add(annotation);
        event("response.output_text.annotation.added", members.set("annotation", annotation), out);
    }

    /** Told when the text is whole. */
    void logprobs(List<Logprob> entries) {
        if (part != NONE && !refusal) {
            logprobs.addAll(LogprobFields.write(entries));
        }
    }

    @Override
    boolean holds(int index) {
        return part == index;
    }

    @Override
    ObjectNode item(String status) {
        ArrayNode all = content.deepCopy();
        if (part != NONE) {
            all.add(part());
        }
        return OutputItems.message(id(), status, all);
    }

    @Override
    void closing(String status, ByteSink out) {
        closePart(out);
    }

    private void open(int index, boolean asRefusal, ByteSink out) {
        if (part == index && refusal == asRefusal) {
            return;
        }
        closePart(out);
        part = index;
        refusal = asRefusal;
        event("response.content_part.added", at().set("part", part()), out);
    }

    private void closePart(ByteSink out) {
        if (part == NONE) {
            return;
        }
        ObjectNode whole = part();
        if (refusal) {
            event("response.refusal.done", at().put("refusal", text.toString()), out);
        } else {
            event("response.output_text.done", at().put("text", text.toString()).set("logprobs", logprobs), out);
        }
        event("response.content_part.done", at().set("part", whole), out);
        content.add(whole);
        text.setLength(0);
        annotations = Json.array();
        logprobs = Json.array();
        part = NONE;
    }

    private ObjectNode part() {
        return refusal
                ? OutputItems.refusal(text.toString())
                : OutputItems.text(text.toString(), annotations, logprobs);
    }

    private ObjectNode at() {
        return Json.object().put("content_index", content.size());
    }
}
