package dev.serai.protocol.openaichat;

import dev.serai.json.Json;
import dev.serai.json.JsonObjectSpans;
import dev.serai.json.Span;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The caller's own bytes for an upstream of the same protocol. */
final class OpenAiChatPassthrough {

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INCLUDE_USAGE = "{\"include_usage\":true}".getBytes(StandardCharsets.US_ASCII);

    private OpenAiChatPassthrough() {}

    /** @return null when the request must be translated */
    static @Nullable UpstreamBody patch(Envelope envelope, Target target, OpenAiChatDialect dialect) {
        var patch = new RequestPatch(envelope, target);
        patch.top().set("model", Json.bytes(target.model()));
        if (envelope.stream() && dialect.asksForUsage() && !envelope.includeUsage()) {
            askForUsage(patch);
        }
        String prompt = target.prompt();
        if (prompt != null && !prompt.isBlank() && !SystemPrompt.prepend(prompt, patch)) {
            return null;
        }
        if (!dialect.patch(patch)) {
            return null;
        }
        target.customParams().properties().forEach(param -> {
            if (!param.getKey().equals("stream")) {
                patch.top().set(param.getKey(), Json.bytes(param.getValue()));
            }
        });
        return new UpstreamBody(patch.apply(), patch.losses().dropped());
    }

    private static void askForUsage(RequestPatch patch) {
        if (patch.target().customParams().has("stream_options")) {
            return;
        }
        Span options = patch.editable("stream_options");
        if (options == null) {
            patch.top().set("stream_options", INCLUDE_USAGE);
        } else {
            patch.splice().object(JsonObjectSpans.within(patch.body(), options)).set("include_usage", TRUE);
        }
    }
}
