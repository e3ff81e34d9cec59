package dev.serai.protocol.anthropicmessages;

import dev.serai.json.JsonObjectSpans;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.Span;
import dev.serai.message.Refusal;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.RequestHead;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the top level of a request; a request to count tokens has neither {@code max_tokens} nor {@code stream}. */
final class AnthropicMessagesEnvelopes {

    private static final String COUNT = "/count_tokens";

    /** How Claude Code marks a model whose long context it wants. */
    private static final String LONG_CONTEXT = "[1m]";

    private static final String LONG_CONTEXT_BETA = "context-1m-2025-08-07";
    private static final int MAX_BETAS = 4096;

    private AnthropicMessagesEnvelopes() {}

    static Envelope read(byte[] body, RequestHead head) {
        JsonObjectSpans spans = JsonObjectSpans.scan(body);
        TopLevelTypes.check(body, spans);
        Members members = Members.of(body, spans);
        String model = members.text("model");
        if (model == null || plain(model).isBlank()) {
            throw Refusal.invalid("model", "model: the name of a model is required");
        }
        Span messages = members.present("messages");
        if (messages == null || isEmptyArray(body, messages)) {
            throw Refusal.invalid("messages", "messages: at least one message is required");
        }
        ApiVersion version = ApiVersion.of(head);
        if (version.strict()) {
            VersionRules.check(body, spans);
        }
        return new Envelope(
                AnthropicMessagesProtocol.NAME,
                body,
                spans,
                plain(model),
                Boolean.TRUE.equals(members.flag("stream")),
                true,
                affinity(members, head),
                maxTokens(members, head),
                traits(version, model, head));
    }

    private static boolean isEmptyArray(byte[] body, Span array) {
        return array.to() - array.from() < 16 && JsonSpans.elements(body, array).isEmpty();
    }

    private static String plain(String model) {
        return wantsLongContext(model) ? model.substring(0, model.length() - LONG_CONTEXT.length()) : model;
    }

    private static boolean wantsLongContext(String model) {
        return model.toLowerCase(Locale.ROOT).endsWith(LONG_CONTEXT);
    }

    private static long maxTokens(Members members, RequestHead head) {
        Long most = members.integer("max_tokens");
        if (most == null && !head.path().endsWith(COUNT)) {
            throw Refusal.invalid("max_tokens", "max_tokens: a number is required");
        }
        if (most != null && most < 0) {
            throw Refusal.invalid("max_tokens", "max_tokens: at least 1 is expected");
        }
        return most == null ? -1 : most;
    }

    private static String affinity(Members members, RequestHead head) {
        Members metadata = members.object("metadata");
        String user = metadata == null ? null : metadata.text("user_id");
        if (user == null || user.isBlank()) {
            user = head.header("x-claude-code-session-id");
        }
        return user == null ? "" : user;
    }

    private static Map<String, String> traits(ApiVersion version, String model, RequestHead head) {
        var traits = new HashMap<String, String>();
        traits.put(AnthropicMessagesProtocol.VERSION, version.date());
        String betas = betas(model, head);
        if (betas != null) {
            traits.put(AnthropicMessagesProtocol.BETAS, betas);
        }
        return Map.copyOf(traits);
    }

    private static @Nullable String betas(String model, RequestHead head) {
        Set<String> betas = new LinkedHashSet<>(head.headers(AnthropicMessagesProtocol.BETAS));
        String joined = String.join(",", betas);
        if (wantsLongContext(model) && !joined.contains(LONG_CONTEXT_BETA)) {
            joined = joined.isEmpty() ? LONG_CONTEXT_BETA : joined + "," + LONG_CONTEXT_BETA;
        }
        if (joined.length() > MAX_BETAS || !joined.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw Refusal.invalid(AnthropicMessagesProtocol.BETAS, "anthropic-beta: a list of names is expected");
        }
        return joined.isBlank() ? null : joined;
    }
}
