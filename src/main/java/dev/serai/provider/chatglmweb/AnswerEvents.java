package dev.serai.provider.chatglmweb;

import dev.serai.message.ChatEvent;
import dev.serai.message.ReasoningForm;
import dev.serai.message.ToolKind;
import dev.serai.protocol.PartCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The pieces of one answer as canonical events: text without marks of citation, calls of tools out of it, reasoning. */
final class AnswerEvents {

    private static final String FENCE = "```";

    private final Sources sources;
    private final CallScan scan;
    private final CitationMarks marks;
    private final PartCounter parts = new PartCounter();
    private final List<ChatEvent> events = new ArrayList<>();
    private String callPrefix = "call_";
    private int calls;
    private boolean text;
    private boolean reasoning;
    private boolean codeOpen;
    private boolean endsLine;

    AnswerEvents(Set<String> tools, Sources sources) {
        this.sources = sources;
        this.marks = new CitationMarks(sources, this::shown, this::cited);
        this.scan = new CallScan(tools, marks::accept, this::called);
    }

    /** @param name what makes ids of calls differ from those of other answers */
    void name(String name) {
        callPrefix = "call_" + name + '_';
    }

    /** The events since this was asked for last. */
    List<ChatEvent> taken() {
        var taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    boolean sawText() {
        return text;
    }

    boolean sawCalls() {
        return calls > 0;
    }

    /** @param begins a new text begins, on a line of its own */
    void text(String more, boolean begins) {
        closeCode();
        scan.accept(begins ? onNewLine(more) : more);
        said(more);
    }

    /** @param begins new reasoning begins, on a line of its own */
    void reasoning(String more, boolean begins) {
        String line = begins && reasoning ? "\n" + more : more;
        reasoning = true;
        events.add(new ChatEvent.ReasoningDelta(parts.open(PartCounter.Shape.REASONING), line, ReasoningForm.FULL));
    }

    /** A piece of a block of code, which stays as it is. */
    void code(String more) {
        if (!codeOpen) {
            flush();
            shown(onNewLine(FENCE + "\n"));
            codeOpen = true;
        }
        shown(more);
        said(more);
    }

    /** A line that stays as it is, such as a picture. */
    void line(String line) {
        closeCode();
        flush();
        shown(onNewLine(line) + "\n");
        said(line + "\n");
    }

    /** What the service's own tool has printed. */
    void block(String output) {
        code(output);
        closeCode();
    }

    /** The answer ends: nothing is held any more. */
    void end() {
        closeCode();
        flush();
        if (text && calls == 0) {
            int index = parts.open(PartCounter.Shape.TEXT);
            sources.uncited().forEach(citation -> events.add(new ChatEvent.Cited(index, citation)));
        }
    }

    private void closeCode() {
        if (codeOpen) {
            codeOpen = false;
            shown((endsLine ? "" : "\n") + FENCE + "\n");
            endsLine = true;
        }
    }

    /** What is held is text, or calls, as it stands. */
    void flush() {
        scan.end();
        marks.end();
    }

    private String onNewLine(String more) {
        return text && !endsLine ? "\n" + more : more;
    }

    private void said(String more) {
        text |= !more.isBlank();
        endsLine = more.endsWith("\n");
    }

    private void shown(String piece) {
        events.add(new ChatEvent.TextDelta(parts.open(PartCounter.Shape.TEXT), piece));
    }

    private void cited(Sources.Cited source) {
        if (source.first()) {
            events.add(new ChatEvent.Cited(parts.open(PartCounter.Shape.TEXT), source.citation()));
        }
    }

    private void called(WrittenCall call) {
        int index = parts.next();
        events.add(new ChatEvent.ToolCallStart(index, callPrefix + calls++, call.name(), ToolKind.FUNCTION));
        events.add(new ChatEvent.ToolCallArgsDelta(index, call.arguments()));
        events.add(new ChatEvent.ToolCallEnd(index));
    }
}
