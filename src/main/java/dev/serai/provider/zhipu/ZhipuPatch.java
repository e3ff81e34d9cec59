package dev.serai.provider.zhipu;

import dev.serai.json.Json;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.ObjectEdit;
import dev.serai.json.Span;
import dev.serai.message.Effort;
import dev.serai.protocol.openaichat.RequestPatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The edits of a passing request's own members; what needs more than edits is translated. */
final class ZhipuPatch {

    private static final long MOST_TOKENS = 131_072;

    /** Members that Zhipu does not know, by the name their loss is reported under; {@code ""} for a silent loss. */
    private static final Map<String, String> UNKNOWN = Map.ofEntries(
            Map.entry("store", ""),
            Map.entry("metadata", ""),
            Map.entry("n", ""),
            Map.entry("logprobs", ""),
            Map.entry("top_logprobs", ""),
            Map.entry("prompt_cache_key", ""),
            Map.entry("prompt_cache_options", ""),
            Map.entry("prompt_cache_retention", ""),
            Map.entry("verbosity", "verbosity"),
            Map.entry("seed", "seed"),
            Map.entry("top_k", "topK"),
            Map.entry("presence_penalty", "presencePenalty"),
            Map.entry("frequency_penalty", "frequencyPenalty"),
            Map.entry("logit_bias", "logitBias"),
            Map.entry("modalities", "modalities"),
            Map.entry("audio", "modalities"),
            Map.entry("prediction", "prediction"),
            Map.entry("moderation", "moderation"));

    private ZhipuPatch() {}

    /** @return false when edits are not enough */
    static boolean apply(RequestPatch patch) {
        if (needsTranslation(patch.members()) || !ZhipuMessages.patch(patch) || !ZhipuTools.patch(patch)) {
            return false;
        }
        removeNulls(patch);
        tokens(patch);
        sampling(patch);
        stop(patch);
        user(patch);
        thinking(patch);
        UNKNOWN.forEach((name, loss) -> remove(name, loss, patch));
        if (Boolean.FALSE.equals(patch.members().flag("parallel_tool_calls"))) {
            patch.losses().drop("parallelToolCalls");
        }
        patch.top().remove("parallel_tool_calls");
        String tier = patch.members().text("service_tier");
        remove("service_tier", "auto".equals(tier) || "default".equals(tier) ? "" : "serviceTier", patch);
        return true;
    }

    private static boolean needsTranslation(Members members) {
        Span choice = members.present("tool_choice");
        if (choice != null && !members.isText("tool_choice", "auto")) {
            return true;
        }
        Members format = members.object("response_format");
        Long n = members.integer("n");
        return format != null && format.isText("type", "json_schema")
                || n != null && n > 1
                || Boolean.TRUE.equals(members.flag("logprobs"))
                || members.present("functions") != null
                || members.present("function_call") != null
                || members.present("web_search_options") != null;
    }

    private static void removeNulls(RequestPatch patch) {
        for (String name : patch.members().spans().names()) {
            if (patch.members().present(name) == null) {
                patch.top().remove(name);
            }
        }
    }

    private static void remove(String name, String loss, RequestPatch patch) {
        if (patch.members().present(name) != null) {
            patch.top().remove(name);
            if (!loss.isEmpty()) {
                patch.losses().drop(loss);
            }
        }
    }

    private static void tokens(RequestPatch patch) {
        Long completion = patch.members().integer("max_completion_tokens");
        Long most = completion == null ? patch.members().integer("max_tokens") : completion;
        if (completion != null) {
            patch.top().rename("max_completion_tokens", "max_tokens");
        }
        Long told = patch.target().maxOutputTokens();
        long limit = told == null ? MOST_TOKENS : Math.min(told, MOST_TOKENS);
        if (most != null && most > limit) {
            patch.top().set("max_tokens", json(Long.toString(limit)));
            patch.losses().drop("maxOutputTokens");
        }
    }

    private static void sampling(RequestPatch patch) {
        ObjectEdit top = patch.top();
        Double temperature = patch.members().number("temperature");
        if (temperature != null && temperature <= 0) {
            top.remove("temperature").set("do_sample", json("false"));
        } else if (temperature != null && temperature > 1) {
            top.set("temperature", json("1"));
            patch.losses().drop("temperature");
        }
        Double topP = patch.members().number("top_p");
        if (topP != null && (topP < 0.01 || topP > 1)) {
            top.set("top_p", json(topP < 0.01 ? "0.01" : "1"));
            patch.losses().drop("topP");
        }
    }

    /** An array of one. */
    private static void stop(RequestPatch patch) {
        Span stop = patch.members().present("stop");
        if (stop == null) {
            return;
        }
        if (!patch.members().isArray("stop")) {
            patch.top().set("stop", json("[" + patch.text(stop) + "]"));
            return;
        }
        List<Span> words = JsonSpans.elements(patch.body(), stop);
        if (words.isEmpty()) {
            patch.top().remove("stop");
        } else if (words.size() > 1) {
            patch.top().set("stop", json("[" + patch.text(words.getFirst()) + "]"));
            patch.losses().drop("stop");
        }
    }

    private static void user(RequestPatch patch) {
        String mark = patch.members().text("safety_identifier");
        if (mark == null) {
            mark = patch.members().text("user");
        }
        patch.top().remove("safety_identifier").remove("user");
        if (mark != null && patch.members().present("user_id") == null) {
            patch.top().set("user_id", Json.bytes(ZhipuUser.id(mark)));
        }
    }

    /** A caller who sends {@code thinking} speaks Zhipu already: only what the model cannot take is changed. */
    private static void thinking(RequestPatch patch) {
        var model = ZhipuModel.of(patch.target().model());
        Effort asked = effort(patch.members().text("reasoning_effort"));
        Members thinking = patch.members().object("thinking");
        boolean off = thinking != null && thinking.isText("type", "disabled");
        if (thinking != null && off && model.thinking() == ZhipuModel.Thinking.ALWAYS) {
            patch.top().remove("thinking");
            asked = Effort.NONE;
        }
        if (asked == null || thinking != null && model.thinking() == ZhipuModel.Thinking.EFFORT) {
            return;
        }
        ZhipuThinking said = ZhipuThinking.of(model, asked);
        if (said.effort() == null) {
            patch.top().remove("reasoning_effort");
        } else if (thinking == null || model.thinking() == ZhipuModel.Thinking.ALWAYS) {
            patch.top().set("reasoning_effort", Json.bytes(said.effort()));
        }
        if (thinking == null && said.type() != null) {
            patch.top().set("thinking", Json.bytes(Json.object().put("type", said.type())));
        }
        if (said.lost()) {
            patch.losses().drop("reasoning");
        }
    }

    private static @Nullable Effort effort(@Nullable String word) {
        for (Effort effort : Effort.values()) {
            if (word != null && effort.wireName().equals(word.toLowerCase(Locale.ROOT))) {
                return effort;
            }
        }
        return null;
    }

    private static byte[] json(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
