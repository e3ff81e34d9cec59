package dev.serai.protocol.openaichat;

import dev.serai.json.JsonObjectSpans;
import dev.serai.protocol.MemberTypes;
import dev.serai.protocol.MemberTypes.Type;

/** The types of the request's known members (OpenAI API description of 2026-08-21). */
final class TopLevelTypes {

    private static final MemberTypes TYPES = new MemberTypes()
            .with(Type.STRING, "model", "reasoning_effort", "verbosity", "service_tier", "prompt_cache_key")
            .with(Type.STRING, "prompt_cache_retention", "safety_identifier", "user")
            .with(Type.NUMBER, "max_completion_tokens", "max_tokens", "temperature", "top_p", "n", "seed")
            .with(Type.NUMBER, "presence_penalty", "frequency_penalty", "top_logprobs")
            .with(Type.BOOLEAN, "stream", "logprobs", "parallel_tool_calls", "store")
            .with(Type.ARRAY, "messages", "tools", "functions", "modalities")
            .with(Type.OBJECT, "stream_options", "logit_bias", "response_format", "audio", "prediction")
            .with(Type.OBJECT, "web_search_options", "metadata", "prompt_cache_options", "moderation")
            .with(Type.STRING_OR_OBJECT, "tool_choice", "function_call")
            .with(Type.STRING_OR_ARRAY, "stop");

    private TopLevelTypes() {}

    /** @throws dev.serai.message.Refusal with the name of the first member that has a wrong type */
    static void check(byte[] body, JsonObjectSpans members) {
        TYPES.check(body, members);
    }
}
