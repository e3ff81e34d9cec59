package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Cited;
import dev.serai.message.ChatEvent.PartComplete;
import dev.serai.message.ChatEvent.ReasoningDelta;
import dev.serai.message.ChatEvent.RefusalDelta;
import dev.serai.message.ChatEvent.Signature;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.protocol.PartCounter;
import java.util.function.Consumer;

/** The deltas of one choice: keeps count of the parts. */
final class DeltaDecoder {

    private final PartCounter parts = new PartCounter();
    private final CallDrafts calls = new CallDrafts(parts);
    private boolean text;
    private boolean refusal;

    void responseId(String id) {
        calls.responseId(id);
    }

    void delta(JsonNode delta, Consumer<ChatEvent> out) {
        reasoning(delta, out);
        content(delta.path("content"), out);
        JsonNode refused = delta.path("refusal");
        if (refused.isTextual() && !refused.textValue().isEmpty()) {
            refusal = true;
            out.accept(new RefusalDelta(parts.open(PartCounter.Shape.REFUSAL), refused.textValue()));
        }
        for (JsonNode call : delta.path("tool_calls")) {
            calls.fragment(call, out);
        }
        if (delta.path("function_call").isObject()) {
            calls.legacy(delta.path("function_call"), out);
        }
        for (Part image : MediaFields.images(delta.path("images"))) {
            out.accept(new PartComplete(parts.next(), image));
        }
        MediaFields.citations(delta.path("annotations"))
                .forEach(citation -> out.accept(new Cited(parts.open(PartCounter.Shape.TEXT), citation)));
    }

    void end(Consumer<ChatEvent> out) {
        calls.end(out);
    }

    boolean sawCalls() {
        return calls.any();
    }

    boolean sawOnlyRefusal() {
        return refusal && !text;
    }

    int textIndex() {
        return parts.current();
    }

    private void content(JsonNode content, Consumer<ChatEvent> out) {
        if (content.isTextual()) {
            text(content.textValue(), out);
        } else if (content.isArray()) {
            content.forEach(part -> text(part.path("text").asText(""), out));
        }
    }

    private void text(String piece, Consumer<ChatEvent> out) {
        if (!piece.isEmpty()) {
            text = true;
            out.accept(new TextDelta(parts.open(PartCounter.Shape.TEXT), piece));
        }
    }

    private void reasoning(JsonNode delta, Consumer<ChatEvent> out) {
        String plain = ReasoningDetails.plainText(delta);
        if (plain != null) {
            reasoningText(plain, ReasoningForm.FULL, out);
        }
        for (JsonNode detail : delta.path("reasoning_details")) {
            String told = detail.path("text").asText(detail.path("summary").asText(""));
            if (plain == null && !told.isEmpty()) {
                boolean summary = detail.path("type").asText().equals("reasoning.summary");
                reasoningText(told, summary ? ReasoningForm.SUMMARY : ReasoningForm.FULL, out);
            }
            seal(detail, out);
        }
    }

    private void reasoningText(String piece, ReasoningForm form, Consumer<ChatEvent> out) {
        out.accept(new ReasoningDelta(parts.open(PartCounter.Shape.REASONING), piece, form));
    }

    private void seal(JsonNode detail, Consumer<ChatEvent> out) {
        ProviderSignature seal = ReasoningDetails.signature(detail);
        if (seal != null && !calls.seal(detail.path("id").asText(""), seal, out)) {
            out.accept(new Signature(parts.open(PartCounter.Shape.REASONING), seal));
        }
    }
}
