package dev.serai.wires;

import dev.serai.message.ChatResponse;
import dev.serai.message.Finish.Reason;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says, in a form that no wire changes. A refusal is text where a wire has no word for it, so both are one
 * text here.
 *
 * @param seals the signatures of its reasoning
 */
public record Heard(
        String text,
        String reasoning,
        List<String> calls,
        List<Object> arguments,
        End end,
        List<String> seals,
        Tokens tokens) {

    /** How it ended, as far as every wire can tell. */
    enum End {
        /** By itself, whatever for. */
        ENDED,
        /** For want of room. */
        CUT,
        /** By a filter. */
        FILTERED
    }

    /** What every wire counts; writing to a cache is counted by some only. */
    record Tokens(long input, long cached, long output, long reasoning) {

        static final Tokens UNTOLD = new Tokens(-1, -1, -1, -1);

        static Tokens of(@Nullable Usage usage) {
            return usage == null
                    ? UNTOLD
                    : new Tokens(
                            usage.inputTokens(),
                            usage.cachedInputTokens(),
                            usage.outputTokens(),
                            usage.reasoningTokens());
        }
    }

    public static Heard of(ChatResponse answer) {
        var text = new StringBuilder();
        var reasoning = new StringBuilder();
        var calls = new ArrayList<String>();
        var arguments = new ArrayList<Object>();
        var seals = new ArrayList<String>();
        for (Part part : answer.parts()) {
            switch (part) {
                case Part.Text it -> text.append(it.text());
                case Part.RefusalText it -> text.append(it.text());
                case Part.Reasoning it -> {
                    reasoning.append(it.text());
                    ProviderSignature seal = it.signature();
                    if (seal != null) {
                        seals.add(seal.value());
                    }
                }
                case Part.ToolCall it -> {
                    calls.add(it.id() + " " + it.name() + " " + it.kind());
                    arguments.add(Told.arguments(it.arguments()));
                }
                case Part.Image it -> text.append(it);
                case Part.Document it -> text.append(it);
                case Part.Audio it -> text.append(it);
                case Part.Video it -> text.append(it);
                case Part.ToolResult it -> text.append(it);
                case Part.Opaque it -> text.append(it);
            }
        }
        return new Heard(
                text.toString(),
                reasoning.toString(),
                calls,
                arguments,
                end(answer.finish().reason()),
                seals,
                Tokens.of(answer.usage()));
    }

    /** The same without what a source that breaks off after the finish has not told. */
    public Heard withoutTokens() {
        return new Heard(text, reasoning, calls, arguments, end, seals, Tokens.UNTOLD);
    }

    private static End end(Reason reason) {
        return switch (reason) {
            // a refusal is a plain end in one protocol and a filter's in another
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSE, OTHER -> End.ENDED;
            case LENGTH, CONTEXT_WINDOW -> End.CUT;
            case CONTENT_FILTER, REFUSAL, ERROR -> End.FILTERED;
        };
    }
}
