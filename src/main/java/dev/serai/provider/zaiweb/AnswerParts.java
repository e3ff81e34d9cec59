package dev.serai.provider.zaiweb;

import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.ReasoningDelta;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.Part;
import dev.serai.message.ReasoningForm;
import java.util.function.Consumer;

/** Pieces of text as events of numbered parts: a part ends where one of another kind begins. One per answer. */
final class AnswerParts {

    private static final String THINK = "<think>";
    private static final String THINK_END = "</think>";

    private enum Open {
        NONE,
        REASONING,
        TEXT
    }

    private final boolean thinkTags;
    private Open open = Open.NONE;
    private int index = -1;
    private boolean inTags;

    /** @param thinkTags reasoning is told as text between tags */
    AnswerParts(boolean thinkTags) {
        this.thinkTags = thinkTags;
    }

    void reasoning(String piece, Consumer<ChatEvent> out) {
        if (piece.isEmpty()) {
            return;
        }
        if (!thinkTags) {
            out.accept(new ReasoningDelta(part(Open.REASONING), piece, ReasoningForm.FULL));
            return;
        }
        write(inTags ? piece : THINK + piece, out);
        inTags = true;
    }

    void text(String piece, Consumer<ChatEvent> out) {
        if (!piece.isEmpty()) {
            closeTags(out);
            write(piece, out);
        }
    }

    void call(Part.ToolCall call, Consumer<ChatEvent> out) {
        closeTags(out);
        open = Open.NONE;
        index++;
        out.accept(new ChatEvent.ToolCallStart(index, call.id(), call.name(), call.kind()));
        if (!call.arguments().isEmpty()) {
            out.accept(new ChatEvent.ToolCallArgsDelta(index, call.arguments()));
        }
        out.accept(new ChatEvent.ToolCallEnd(index));
    }

    /** The answer ends. */
    void end(Consumer<ChatEvent> out) {
        closeTags(out);
    }

    private void closeTags(Consumer<ChatEvent> out) {
        if (inTags) {
            inTags = false;
            write(THINK_END, out);
        }
    }

    private void write(String piece, Consumer<ChatEvent> out) {
        out.accept(new TextDelta(part(Open.TEXT), piece));
    }

    private int part(Open kind) {
        if (open != kind) {
            open = kind;
            index++;
        }
        return index;
    }
}
