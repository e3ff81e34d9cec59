package dev.serai.provider.chatglmweb;

import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parts a text that comes in pieces into text and calls of the tools that the caller has offered. A call begins at the
 * start of a line. Text goes on as soon as it cannot be a call; only blanks are held besides, so that none are left
 * around calls.
 */
final class CallScan {

    /** A long text is taken in pieces, so that what is shown of it is not moved about again and again. */
    private static final int PIECE = 1_024;

    private final Set<String> tools;
    private final Consumer<String> text;
    private final Consumer<WrittenCall> calls;
    private final StringBuilder blanks = new StringBuilder();
    private final StringBuilder rest = new StringBuilder();
    private @Nullable CallCandidate candidate;
    private String closer = "";
    private boolean lineStart = true;
    private boolean afterCall;

    /** @param tools the names that a call may have; with none, all is text */
    CallScan(Set<String> tools, Consumer<String> text, Consumer<WrittenCall> calls) {
        this.tools = tools;
        this.text = text;
        this.calls = calls;
    }

    void accept(String more) {
        if (tools.isEmpty()) {
            text.accept(more);
            return;
        }
        for (int from = 0, to; from < more.length(); from = to) {
            to = Math.min(more.length(), from + PIECE);
            to -= to < more.length() && Character.isHighSurrogate(more.charAt(to - 1)) ? 1 : 0;
            piece(more, from, to);
        }
    }

    private void piece(String more, int from, int to) {
        rest.append(more, from, to);
        boolean moved = true;
        while (moved && !rest.isEmpty()) {
            var open = candidate;
            moved = open == null ? search() : judge(open);
        }
    }

    /** The text ends: what is held is shown, or makes calls after all. */
    void end() {
        var open = candidate;
        if (open != null && open.last(rest) instanceof CallCandidate.Verdict.Calls found) {
            called(found, "");
        }
        candidate = null;
        if (!closer.isEmpty() && closer.startsWith(rest.toString().strip())) {
            rest.setLength(0);
        }
        show(rest.length());
        if (!afterCall && !blanks.isEmpty()) {
            text.accept(blanks.toString());
        }
        blanks.setLength(0);
    }

    /** Shows what cannot be a call; whether a candidate has been found. */
    private boolean search() {
        if (!closer.isEmpty() && !closed()) {
            return false;
        }
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (lineStart && CallCandidate.mayBegin(c)) {
                show(i);
                candidate = new CallCandidate(tools);
                return true;
            }
            lineStart = c == '\n' || c == '\r' || lineStart && Character.isWhitespace(c);
        }
        show(rest.length());
        return false;
    }

    /** Drops what closes a call; false while it may still come. */
    private boolean closed() {
        String next = rest.toString().stripLeading();
        if (next.startsWith(closer)) {
            rest.delete(0, rest.length() - next.length() + closer.length());
        } else if (closer.startsWith(next)) {
            return false;
        }
        closer = "";
        return true;
    }

    private boolean judge(CallCandidate open) {
        switch (open.judge(rest)) {
            case CallCandidate.Verdict.Maybe it -> {
                return false;
            }
            case CallCandidate.Verdict.Text it -> {
                candidate = null;
                lineStart = false;
                show(1);
            }
            case CallCandidate.Verdict.Calls found -> called(found, open.closer());
        }
        return true;
    }

    private void called(CallCandidate.Verdict.Calls found, String closedBy) {
        candidate = null;
        blanks.setLength(0);
        rest.delete(0, found.to());
        closer = closedBy;
        lineStart = true;
        afterCall = true;
        found.calls().forEach(calls);
    }

    /** Shows the first characters of the rest, but holds blanks at their end. */
    private void show(int count) {
        blanks.append(rest, 0, count);
        rest.delete(0, count);
        int length = blanks.length();
        while (length > 0 && Character.isWhitespace(blanks.charAt(length - 1))) {
            length--;
        }
        if (length > 0) {
            text.accept(blanks.substring(0, length));
            blanks.delete(0, length);
            afterCall = false;
        }
    }
}
