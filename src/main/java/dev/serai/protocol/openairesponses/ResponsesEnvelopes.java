package dev.serai.protocol.openairesponses;

import dev.serai.json.JsonObjectSpans;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.Span;
import dev.serai.message.Refusal;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.MemberTypes;
import dev.serai.protocol.MemberTypes.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the top level of a request. */
final class ResponsesEnvelopes {

    private static final MemberTypes TYPES = new MemberTypes()
            .with(Type.STRING, "model", "instructions", "previous_response_id", "service_tier", "truncation")
            .with(Type.STRING, "prompt_cache_key", "prompt_cache_retention", "safety_identifier", "user")
            .with(Type.NUMBER, "max_output_tokens", "max_tool_calls", "temperature", "top_p", "top_logprobs")
            .with(Type.BOOLEAN, "stream", "store", "parallel_tool_calls", "background")
            .with(Type.ARRAY, "tools", "include", "context_management")
            .with(Type.OBJECT, "reasoning", "text", "stream_options", "metadata", "prompt_cache_options", "prompt")
            .with(Type.STRING_OR_OBJECT, "tool_choice", "conversation")
            .with(Type.STRING_OR_ARRAY, "input");

    private ResponsesEnvelopes() {}

    static Envelope read(byte[] body) {
        JsonObjectSpans spans = JsonObjectSpans.scan(body);
        TYPES.check(body, spans);
        Members members = Members.of(body, spans);
        String model = members.text("model");
        if (model == null || model.isBlank()) {
            throw Refusal.invalid("model", "model: the name of a model is required");
        }
        StoredState.refuse(members);
        Span input = members.present("input");
        if (input == null || isEmpty(body, input)) {
            throw Refusal.invalid("input", "input: a text or at least one item is required");
        }
        boolean stream = isTrue(members.flag("stream"));
        return new Envelope(
                OpenAiResponsesProtocol.NAME,
                body,
                spans,
                model,
                stream,
                stream,
                affinity(members),
                maxOutputTokens(members),
                Map.of());
    }

    private static boolean isEmpty(byte[] body, Span input) {
        int length = input.to() - input.from();
        return body[input.from()] == '"'
                ? length == 2
                : length < 16 && JsonSpans.elements(body, input).isEmpty();
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return flag != null && flag;
    }

    private static String affinity(Members members) {
        for (String name : new String[] {"prompt_cache_key", "user", "safety_identifier"}) {
            String value = members.text(name);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return "";
    }

    private static long maxOutputTokens(Members members) {
        Long most = members.integer("max_output_tokens");
        return most == null || most < 0 ? -1 : most;
    }
}
