package dev.serai.protocol.openaichat;

import dev.serai.json.JsonObjectSpans;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.Span;
import dev.serai.message.Refusal;
import dev.serai.protocol.Envelope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the top level of a request. */
final class OpenAiChatEnvelopes {

    private OpenAiChatEnvelopes() {}

    static Envelope read(byte[] body) {
        JsonObjectSpans spans = JsonObjectSpans.scan(body);
        TopLevelTypes.check(body, spans);
        Members members = Members.of(body, spans);
        String model = members.text("model");
        if (model == null || model.isBlank()) {
            throw Refusal.invalid("model", "model: the name of a model is required");
        }
        Span messages = members.present("messages");
        if (messages == null || isEmptyArray(body, messages)) {
            throw Refusal.invalid("messages", "messages: at least one message is required");
        }
        Members options = members.object("stream_options");
        boolean includeUsage = options != null && isTrue(options.flag("include_usage"));
        return new Envelope(
                OpenAiChatProtocol.NAME,
                body,
                spans,
                model,
                isTrue(members.flag("stream")),
                includeUsage,
                affinity(members),
                maxOutputTokens(members),
                Map.of());
    }

    private static boolean isEmptyArray(byte[] body, Span array) {
        return array.to() - array.from() < 16 && JsonSpans.elements(body, array).isEmpty();
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
        Long most = members.integer("max_completion_tokens");
        if (most == null) {
            most = members.integer("max_tokens");
        }
        return most == null || most < 0 ? -1 : most;
    }
}
