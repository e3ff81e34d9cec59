package dev.serai.wires;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.Effort;
import dev.serai.message.ToolChoice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a request may lose on a wire without a word, and what may be refused there: the documented exceptions from "nothing
 * is lost that is not reported". Short lists; whatever is not on them is carried, reported or a bug.
 */
final class Allowed {

    /** Nothing on the other side. */
    private static final BiPredicate<@Nullable Object, @Nullable Object> GONE = (said, heard) -> heard == null;
    /** Some of it, in its order; what is foreign to the far side is left out. */
    private static final BiPredicate<@Nullable Object, @Nullable Object> LESS = (said, heard) ->
            heard == null || said instanceof List<?> all && heard instanceof List<?> some && all.containsAll(some);
    /** More text around it: what the wire has no member for is asked in words. */
    private static final BiPredicate<@Nullable Object, @Nullable Object> AROUND =
            (said, heard) -> heard instanceof String text && text.contains(said instanceof String it ? it : "");
    /** The nearest word that the wire has. */
    private static final BiPredicate<@Nullable Object, @Nullable Object> NEAR = (said, heard) ->
            said instanceof Effort asked && (heard == null || heard instanceof Effort given && near(asked, given));

    /** A name where nothing was said: the wire must have one. */
    private static final BiPredicate<@Nullable Object, @Nullable Object> NAMED = (said, heard) -> said == null;
    /** Asked for in words, or with what the wire wants every schema to say. */
    private static final BiPredicate<@Nullable Object, @Nullable Object> CLOSED = (said, heard) -> heard == null
            ? "any object".equals(said)
            : said instanceof ObjectNode open && closed(open.deepCopy()).equals(heard);

    private static final Map<String, Map<String, BiPredicate<@Nullable Object, @Nullable Object>>> SILENT = Map.of(
            "openai-chat",
            Map.of("messages.reasoning", LESS, "responseFormat.name", NAMED),
            "openai-responses",
            Map.of(
                    "messages.reasoning",
                    LESS,
                    "responseFormat.name",
                    NAMED,
                    // fewer than 16 are refused there
                    "maxOutputTokens",
                    (said, heard) -> said instanceof Long few
                            && few < 16
                            && Long.valueOf(16).equals(heard)),
            "anthropic-messages",
            Map.ofEntries(
                    // the default, and beside thinking the only one
                    Map.entry(
                            "temperature",
                            (said, heard) -> heard == null && Double.valueOf(1).equals(said)),
                    Map.entry("messages.reasoning", LESS),
                    Map.entry("system", AROUND),
                    // must be said there, and holds the thinking too
                    Map.entry(
                            "maxOutputTokens",
                            (said, heard) -> said == null
                                    || heard instanceof Long more && said instanceof Long asked && more >= asked),
                    Map.entry("reasoning", NEAR),
                    Map.entry("metadata", GONE),
                    Map.entry("responseFormat", CLOSED),
                    Map.entry("responseFormat.name", GONE),
                    Map.entry("responseFormat.strict", GONE),
                    Map.entry(
                            "toolChoice",
                            (said, heard) -> said instanceof ToolChoice.Allowed && heard == null
                                    || said instanceof ToolChoice.Named && heard instanceof ToolChoice.Required),
                    // an allowed list is kept by leaving the others out
                    Map.entry("tools", LESS),
                    Map.entry("tools.strict", LESS)),
            "gemini",
            Map.ofEntries(
                    Map.entry("messages.reasoning", LESS),
                    Map.entry("system", AROUND),
                    Map.entry("reasoning", NEAR),
                    Map.entry("metadata", GONE),
                    Map.entry("responseFormat.name", GONE),
                    Map.entry("responseFormat.strict", GONE)));

    /** What changes the meaning of a request where it cannot be said: refused, never dropped. */
    private static final Map<String, Set<String>> REFUSED = Map.of(
            "openai-chat", Set.of("n", "messages.document", "messages.video", "messages.audio"),
            "openai-responses", Set.of("n", "messages.video", "messages.audio"),
            "anthropic-messages", Set.of("n", "logprobs", "messages.audio", "messages.video"),
            "gemini", Set.of("n", "messages.document", "messages.image"));

    private Allowed() {}

    /** Whether {@code heard} may stand for {@code said} on this wire without a report. */
    static boolean silently(String wire, String fact, @Nullable Object said, @Nullable Object heard) {
        var rule = SILENT.getOrDefault(wire, Map.of()).get(fact);
        return rule != null && rule.test(said, heard);
    }

    static boolean refused(String wire, @Nullable String field) {
        return field != null && REFUSED.getOrDefault(wire, Set.of()).contains(field);
    }

    private static ObjectNode closed(ObjectNode schema) {
        return schema.put("additionalProperties", false);
    }

    /** Canonical effort table: a wire may have fewer steps, never another direction. */
    private static boolean near(Effort asked, Effort given) {
        return switch (asked) {
            case NONE, MINIMAL, LOW -> given.compareTo(Effort.LOW) <= 0;
            case MEDIUM -> given == Effort.MEDIUM || given == Effort.HIGH;
            case HIGH, XHIGH, MAX -> given.compareTo(Effort.HIGH) >= 0;
        };
    }
}
