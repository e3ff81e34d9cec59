package dev.serai.protocol.anthropicmessages;

import dev.serai.json.Json;
import dev.serai.json.Members;
import dev.serai.json.ObjectEdit;
import dev.serai.json.Splice;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Losses;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import org.jspecify.annotations.Nullable;

/** The caller's own bytes for an upstream of the same protocol. */
final class AnthropicMessagesPassthrough {

    private AnthropicMessagesPassthrough() {}

    /** @return null when the request must be translated */
    static @Nullable UpstreamBody patch(Envelope envelope, Target target, AnthropicMessagesDialect dialect) {
        byte[] body = envelope.body();
        var splice = new Splice(body);
        ObjectEdit top = splice.object(envelope.members());
        Members members = Members.of(body, envelope.members());
        var losses = new Losses(target.refuseLosses());
        top.set("model", Json.bytes(target.model()));
        sampling(members, ClaudeModel.of(target.model()), top, losses);
        for (String name : dialect.unknownMembers()) {
            if (members.present(name) != null) {
                losses.drop(name);
                top.remove(name);
            }
        }
        boolean own = target.customParams().has("messages");
        if (!own && !new HistoryPatch(body, splice, dialect).apply(members)) {
            return null;
        }
        String prompt = target.prompt();
        boolean prompts =
                prompt != null && !prompt.isBlank() && !target.customParams().has("system");
        if (prompt != null && prompts && !SystemPrompt.prepend(prompt, body, members, top, splice)) {
            return null;
        }
        target.customParams().properties().forEach(param -> {
            if (!param.getKey().equals("stream")) {
                top.set(param.getKey(), Json.bytes(param.getValue()));
            }
        });
        return new UpstreamBody(splice.apply(), losses.dropped());
    }

    /** Newer models refuse what is not their only value. */
    private static void sampling(Members members, ClaudeModel model, ObjectEdit top, Losses losses) {
        if (model.takesSampling()) {
            return;
        }
        Double temperature = members.number("temperature");
        if (temperature != null && temperature != 1) {
            losses.drop("temperature");
            top.remove("temperature");
        }
        Double topP = members.number("top_p");
        if (topP != null && topP < SamplingEncoder.NEWER_TOP_P) {
            losses.drop("topP");
            top.remove("top_p");
        }
        if (members.present("top_k") != null) {
            losses.drop("topK");
            top.remove("top_k");
        }
    }
}
