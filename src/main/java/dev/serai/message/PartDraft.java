package dev.serai.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One part while its events come in. */
final class PartDraft {

    private final Shape shape;
    private final StringBuilder text = new StringBuilder();
    private final List<Citation> citations = new ArrayList<>();
    private ReasoningForm form = ReasoningForm.FULL;
    private @Nullable ProviderSignature signature;
    private ChatEvent.@Nullable ToolCallStart call;
    private @Nullable Part whole;

    PartDraft(Shape shape) {
        this.shape = shape;
    }

    static PartDraft of(Part part) {
        var draft = new PartDraft(Shape.WHOLE);
        draft.whole = part;
        return draft;
    }

    PartDraft append(String more) {
        text.append(more);
        return this;
    }

    void defaultText(String value) {
        if (text.isEmpty()) {
            text.append(value);
        }
    }

    void form(ReasoningForm value) {
        form = value;
    }

    void signature(ProviderSignature value) {
        signature = value;
        if (value.kind() == SignatureKind.REDACTED_DATA) {
            form = ReasoningForm.REDACTED;
        }
    }

    void call(ChatEvent.ToolCallStart value) {
        call = value;
    }

    void cite(Citation citation) {
        citations.add(citation);
    }

    Part part() {
        if (whole != null) {
            return whole;
        }
        return switch (shape) {
            case TEXT, WHOLE -> new Part.Text(text.toString(), citations, null, signature);
            case REFUSAL -> new Part.RefusalText(text.toString());
            case REASONING -> new Part.Reasoning(text.toString(), form, signature);
            case CALL ->
                call == null
                        ? new Part.ToolCall("", "", ToolKind.FUNCTION, text.toString(), signature)
                        : new Part.ToolCall(call.id(), call.name(), call.kind(), text.toString(), signature);
        };
    }

    /** What kind of part the first event of an index begins. */
    enum Shape {
        TEXT,
        REFUSAL,
        REASONING,
        CALL,
        WHOLE;

        static Shape ofSignature(ProviderSignature signature) {
            return signature.kind() == SignatureKind.THOUGHT_SIGNATURE ? TEXT : REASONING;
        }
    }
}
