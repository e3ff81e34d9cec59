package dev.serai.provider.chatglmweb;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of text that may be calls of tools: {@code {"tool_calls":[…]}} or {@code {"name":…,"arguments":…}}, bare, in a
 * code fence or in {@code <tool_call>} tags. Told its text again whenever that has grown; gives up as soon as no
 * continuation can make it a call.
 */
final class CallCandidate {

    private static final String TAG = "<tool_call>";
    private static final String FENCE = "```";
    private static final Pattern OPENING = Pattern.compile("```[ \\t]*(?:json|tool_calls?)?[ \\t]*\\r?\\n\\s*");
    private static final List<String> INFOS = List.of("```json", "```tool_calls");
    private static final int LONGEST = 4 * 1024 * 1024;

    private final Set<String> tools;
    private @Nullable JsonEnd end;
    private int object = -1;
    private String closer = "";

    /** What the text is. */
    sealed interface Verdict {

        /** Not known yet. */
        record Maybe() implements Verdict {}

        /** No call. */
        record Text() implements Verdict {}

        /** @param to one past their last character */
        record Calls(List<WrittenCall> calls, int to) implements Verdict {}
    }

    private static final Verdict MAYBE = new Verdict.Maybe();
    private static final Verdict TEXT = new Verdict.Text();

    CallCandidate(Set<String> tools) {
        this.tools = tools;
    }

    /** Whether a call may begin with this character at the start of a line. */
    static boolean mayBegin(char c) {
        return c == '{' || c == '`' || c == '<';
    }

    /** What closes the calls again, once they are known. */
    String closer() {
        return closer;
    }

    /** @param text from the candidate's beginning to what is known */
    Verdict judge(CharSequence text) {
        if (text.length() > LONGEST) {
            return TEXT;
        }
        if (object < 0) {
            var opening = opening(text);
            if (opening != null) {
                return opening;
            }
            end = new JsonEnd(object);
        }
        var open = end;
        var head = head(text, object + 1);
        if (head != null || open == null) {
            return head == null ? TEXT : head;
        }
        int to = open.find(text);
        if (to < 0) {
            return open.broken() ? TEXT : MAYBE;
        }
        return calls(text.subSequence(object, to).toString(), to);
    }

    /** What an unfinished candidate is when no more text comes: calls that lack nothing but brackets are calls. */
    Verdict last(CharSequence text) {
        String missing = end == null ? "" : end.missing();
        if (object < 0 || missing.isEmpty() || head(text, object + 1) != null) {
            return TEXT;
        }
        return calls(text.subSequence(object, text.length()) + missing, text.length());
    }

    private Verdict calls(String json, int to) {
        var calls = WrittenCall.read(json, tools);
        return calls.isEmpty() ? TEXT : new Verdict.Calls(calls, to);
    }

    /** Finds where the object begins; null when it has. */
    private @Nullable Verdict opening(CharSequence text) {
        int at = 0;
        if (text.charAt(0) == '<') {
            if (!begins(text, TAG)) {
                return TAG.startsWith(text.toString()) ? MAYBE : TEXT;
            }
            at = skipBlank(text, TAG.length());
            closer = "</tool_call>";
        } else if (text.charAt(0) == '`') {
            var opening = OPENING.matcher(text);
            if (!opening.lookingAt()) {
                return fenceMayOpen(text.toString()) ? MAYBE : TEXT;
            }
            at = opening.end();
            closer = FENCE;
        }
        if (at == text.length()) {
            return MAYBE;
        }
        object = text.charAt(at) == '{' ? at : -1;
        return object < 0 ? TEXT : null;
    }

    private static boolean fenceMayOpen(String text) {
        String begun = text.stripTrailing();
        return FENCE.startsWith(begun) || INFOS.stream().anyMatch(info -> info.startsWith(begun));
    }

    /** Looks at the object's first member; null when it is a call's as far as it goes. */
    private @Nullable Verdict head(CharSequence text, int from) {
        int at = skipBlank(text, from);
        if (at == text.length()) {
            return MAYBE;
        }
        int close = text.charAt(at) == '"' ? indexOf(text, '"', at + 1) : at;
        if (close == at) {
            return TEXT;
        }
        String name =
                text.subSequence(at + 1, close < 0 ? text.length() : close).toString();
        if (close < 0) {
            return "tool_calls".startsWith(name) || "name".startsWith(name) ? MAYBE : TEXT;
        }
        return switch (name) {
            case "tool_calls" -> value(text, close + 1, '[');
            case "name" -> named(text, close + 1);
            default -> TEXT;
        };
    }

    private @Nullable Verdict named(CharSequence text, int from) {
        var begun = value(text, from, '"');
        if (begun != null) {
            return begun;
        }
        int open = indexOf(text, '"', from);
        int close = indexOf(text, '"', open + 1);
        String name =
                text.subSequence(open + 1, close < 0 ? text.length() : close).toString();
        if (close >= 0) {
            return tools.contains(name) ? null : TEXT;
        }
        return tools.stream().anyMatch(tool -> tool.startsWith(name)) ? MAYBE : TEXT;
    }

    /** A colon and the first character of a value; null when both are there. */
    private static @Nullable Verdict value(CharSequence text, int from, char first) {
        int colon = skipBlank(text, from);
        if (colon == text.length()) {
            return MAYBE;
        }
        if (text.charAt(colon) != ':') {
            return TEXT;
        }
        int at = skipBlank(text, colon + 1);
        if (at == text.length()) {
            return MAYBE;
        }
        return text.charAt(at) == first ? null : TEXT;
    }

    private static boolean begins(CharSequence text, String with) {
        return text.length() >= with.length()
                && text.subSequence(0, with.length()).toString().equals(with);
    }

    private static int skipBlank(CharSequence text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int indexOf(CharSequence text, char c, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == c) {
                return i;
            }
        }
        return -1;
    }
}
