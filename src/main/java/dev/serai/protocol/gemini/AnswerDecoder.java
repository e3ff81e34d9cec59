package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.PartComplete;
import dev.serai.message.ChatEvent.ReasoningDelta;
import dev.serai.message.ChatEvent.Signature;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.ChatEvent.ToolCallArgsDelta;
import dev.serai.message.ChatEvent.ToolCallEnd;
import dev.serai.message.ChatEvent.ToolCallStart;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.Refusal;
import dev.serai.message.ToolKind;
import dev.serai.protocol.PartCounter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one answer as events. Texts in a row are one part, but a part with a seal of Gemini's own is one by itself,
 * for it must go back as it came. One per answer.
 */
final class AnswerDecoder {

    private final PartCounter parts = new PartCounter();
    private String callPrefix = "call_";
    private int calls;
    private int reasoning = -1;
    private int text;
    private boolean content;

    /** @param name what makes ids of calls that have none differ from those of other answers */
    void name(String name) {
        callPrefix = "call_" + name + "_";
    }

    boolean sawCalls() {
        return calls > 0;
    }

    boolean sawContent() {
        return content;
    }

    int textIndex() {
        return text;
    }

    void part(JsonNode part, Consumer<ChatEvent> out) {
        ProviderSignature seal = Seals.read(part.path("thoughtSignature").textValue());
        boolean thought = part.path("thought").asBoolean(false);
        String said = part.path("text").textValue();
        boolean ownThought = thought && said != null && !said.isEmpty();
        if (seal != null && Seals.ofReasoning(seal) && !ownThought) {
            place(seal, out);
            seal = null;
        }
        if (part.path("functionCall").isObject()) {
            call(part.path("functionCall"), seal, out);
        } else if (thought) {
            reasoning(said == null ? "" : said, seal, out);
        } else if (said != null || seal != null && !PartsDecoder.hasData(new Fields(part, ""))) {
            text(said == null ? "" : said, seal, out);
        } else {
            whole(part, out);
        }
    }

    private void text(String said, @Nullable ProviderSignature seal, Consumer<ChatEvent> out) {
        if (said.isEmpty() && seal == null) {
            return;
        }
        text = seal == null ? parts.open(PartCounter.Shape.TEXT) : parts.next();
        if (!said.isEmpty()) {
            content = true;
            out.accept(new TextDelta(text, said));
        }
        if (seal != null) {
            out.accept(new Signature(text, seal));
        }
    }

    private void reasoning(String said, @Nullable ProviderSignature seal, Consumer<ChatEvent> out) {
        if (said.isEmpty() && seal == null) {
            return;
        }
        content |= !said.isEmpty();
        reasoning = seal == null ? parts.open(PartCounter.Shape.REASONING) : parts.next();
        out.accept(new ReasoningDelta(reasoning, said, ReasoningForm.FULL));
        if (seal != null) {
            out.accept(new Signature(reasoning, seal));
            reasoning = -1;
        }
    }

    /** A seal of reasoning that came on the part behind. */
    private void place(ProviderSignature seal, Consumer<ChatEvent> out) {
        int index = Seals.standsAlone(seal) ? -1 : reasoning;
        if (index < 0) {
            index = parts.next();
            out.accept(new ReasoningDelta(index, "", Seals.form(seal)));
        }
        out.accept(new Signature(index, seal));
        parts.close();
        reasoning = -1;
    }

    private void call(JsonNode call, @Nullable ProviderSignature seal, Consumer<ChatEvent> out) {
        String id = call.path("id").asText("");
        int index = parts.next();
        content = true;
        out.accept(new ToolCallStart(
                index, id.isEmpty() ? callPrefix + calls : id, call.path("name").asText(""), ToolKind.FUNCTION));
        calls++;
        if (seal != null) {
            out.accept(new Signature(index, seal));
        }
        JsonNode args = call.path("args").isObject() ? call.path("args") : Json.object();
        out.accept(new ToolCallArgsDelta(index, new String(Json.bytes(args), StandardCharsets.UTF_8)));
        out.accept(new ToolCallEnd(index));
    }

    /** What nobody can read is passed over: a new kind of part must not cost the whole answer. */
    private void whole(JsonNode part, Consumer<ChatEvent> out) {
        Fields fields = new Fields(part, "");
        if (!part.isObject() || !PartsDecoder.hasData(fields)) {
            return;
        }
        try {
            var whole = PartsDecoder.whole(fields);
            content = true;
            out.accept(new PartComplete(parts.next(), whole));
        } catch (Refusal unreadable) {
            parts.close();
        }
    }
}
