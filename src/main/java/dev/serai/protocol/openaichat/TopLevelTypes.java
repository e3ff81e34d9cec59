package dev.serai.protocol.openaichat;

import dev.serai.json.JsonObjectSpans;
import dev.serai.json.Span;
import dev.serai.message.Refusal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of the request's known members (OpenAI API description of 2026-08-21); null is always allowed. */
final class TopLevelTypes {

    private static final Map<String, Type> TYPES = new HashMap<>();

    static {
        types(Type.STRING, "model", "reasoning_effort", "verbosity", "service_tier", "prompt_cache_key");
        types(Type.STRING, "prompt_cache_retention", "safety_identifier", "user");
        types(Type.NUMBER, "max_completion_tokens", "max_tokens", "temperature", "top_p", "n", "seed");
        types(Type.NUMBER, "presence_penalty", "frequency_penalty", "top_logprobs");
        types(Type.BOOLEAN, "stream", "logprobs", "parallel_tool_calls", "store");
        types(Type.ARRAY, "messages", "tools", "functions", "modalities");
        types(Type.OBJECT, "stream_options", "logit_bias", "response_format", "audio", "prediction");
        types(Type.OBJECT, "web_search_options", "metadata", "prompt_cache_options", "moderation");
        types(Type.STRING_OR_OBJECT, "tool_choice", "function_call");
        types(Type.STRING_OR_ARRAY, "stop");
    }

    private TopLevelTypes() {}

    /** @throws Refusal with the name of the first member that has a wrong type */
    static void check(byte[] body, JsonObjectSpans members) {
        for (String name : members.names()) {
            Type type = TYPES.get(name);
            Span value = members.value(name);
            if (type != null && value != null && !type.allows(body[value.from()])) {
                throw Refusal.invalid(name, name + ": " + type.words + " is expected");
            }
        }
    }

    private static void types(Type type, String... names) {
        for (String name : names) {
            @Nullable Type before = TYPES.put(name, type);
            if (before != null) {
                throw new IllegalStateException(name);
            }
        }
    }

    private enum Type {
        STRING("\"", "a string"),
        NUMBER("-0123456789", "a number"),
        BOOLEAN("tf", "a boolean"),
        ARRAY("[", "an array"),
        OBJECT("{", "an object"),
        STRING_OR_OBJECT("\"{", "a string or an object"),
        STRING_OR_ARRAY("\"[", "a string or an array of strings");

        private final String starts;
        private final String words;

        Type(String starts, String words) {
            this.starts = starts;
            this.words = words;
        }

        boolean allows(byte first) {
            return first == 'n' || starts.indexOf(first) >= 0;
        }
    }
}
