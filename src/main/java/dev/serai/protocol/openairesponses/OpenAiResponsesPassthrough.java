package dev.serai.protocol.openairesponses;

import dev.serai.json.Json;
import dev.serai.json.Members;
import dev.serai.json.ObjectEdit;
import dev.serai.json.Span;
import dev.serai.json.Splice;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Losses;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import java.util.Arrays;

/** The caller's own bytes for an upstream of the same protocol. */
final class OpenAiResponsesPassthrough {

    private OpenAiResponsesPassthrough() {}

    static UpstreamBody patch(Envelope envelope, Target target) {
        byte[] body = envelope.body();
        var losses = new Losses(target.refuseLosses());
        var splice = new Splice(body);
        Members members = Members.of(body, envelope.members());
        ObjectEdit top = splice.object(envelope.members());
        top.set("model", Json.bytes(target.model()));
        String prompt = target.prompt();
        if (prompt != null && !prompt.isBlank() && !target.customParams().has("instructions")) {
            prepend(prompt, members, splice, top);
        }
        Span input = members.present("input");
        if (input != null && members.isArray("input") && !target.customParams().has("input")) {
            ForeignReasoning.remove(body, input, members, splice, losses);
        }
        target.customParams().properties().forEach(param -> {
            if (!param.getKey().equals("stream")) {
                top.set(param.getKey(), Json.bytes(param.getValue()));
            }
        });
        return new UpstreamBody(splice.apply(), losses.dropped());
    }

    private static void prepend(String prompt, Members members, Splice splice, ObjectEdit top) {
        Span instructions = members.present("instructions");
        if (instructions == null) {
            top.set("instructions", Json.bytes(prompt));
        } else {
            byte[] text = Json.bytes(prompt + "\n\n");
            splice.insert(instructions.from() + 1, Arrays.copyOfRange(text, 1, text.length - 1));
        }
    }
}
