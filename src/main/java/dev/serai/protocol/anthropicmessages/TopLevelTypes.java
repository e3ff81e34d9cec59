package dev.serai.protocol.anthropicmessages;

import dev.serai.json.JsonObjectSpans;
import dev.serai.json.Span;
import dev.serai.message.Refusal;
import java.util.Map;

/** How the values of the request's known members may begin; null is always allowed. */
final class TopLevelTypes {

    private static final String NUMBER = "-0123456789";
    private static final Map<String, Start> STARTS = Map.ofEntries(
            Map.entry("model", new Start("\"", "a string")),
            Map.entry("max_tokens", new Start(NUMBER, "a number")),
            Map.entry("messages", new Start("[", "an array")),
            Map.entry("system", new Start("\"[", "a string or an array of text blocks")),
            Map.entry("temperature", new Start(NUMBER, "a number")),
            Map.entry("top_p", new Start(NUMBER, "a number")),
            Map.entry("top_k", new Start(NUMBER, "a number")),
            Map.entry("stop_sequences", new Start("[", "an array of strings")),
            Map.entry("stream", new Start("tf", "a boolean")),
            Map.entry("tools", new Start("[", "an array")),
            Map.entry("tool_choice", new Start("{", "an object")),
            Map.entry("thinking", new Start("{", "an object")),
            Map.entry("output_config", new Start("{", "an object")),
            Map.entry("output_format", new Start("{", "an object")),
            Map.entry("metadata", new Start("{", "an object")),
            Map.entry("service_tier", new Start("\"", "a string")),
            Map.entry("cache_control", new Start("{", "an object")));

    private TopLevelTypes() {}

    private record Start(String bytes, String words) {}

    /** @throws Refusal with the name of the first member that has a wrong type */
    static void check(byte[] body, JsonObjectSpans members) {
        for (String name : members.names()) {
            Start start = STARTS.get(name);
            Span value = members.value(name);
            if (start != null
                    && value != null
                    && body[value.from()] != 'n'
                    && start.bytes.indexOf(body[value.from()]) < 0) {
                throw Refusal.invalid(name, name + ": " + start.words + " is expected");
            }
        }
    }
}
