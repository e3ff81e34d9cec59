package dev.serai.provider.chatglmweb;

import dev.serai.json.Json;
import dev.serai.message.ResponseFormat;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The form that an answer must have, in words: the service has no switch for it. */
final class FormatPrompt {

    private static final String BARE =
            "Answer with one JSON object and nothing else: no code fence, no text before or after it.";

    private FormatPrompt() {}

    /** The words, or null where any text will do. */
    static @Nullable String of(@Nullable ResponseFormat format) {
        return switch (format) {
            case null -> null;
            case ResponseFormat.TextFormat it -> null;
            case ResponseFormat.JsonObject it -> BARE;
            case ResponseFormat.JsonSchema it ->
                it.schema() == null
                        ? BARE
                        : BARE + " It must match this JSON schema:\n"
                                + new String(Json.bytes(it.schema()), StandardCharsets.UTF_8);
        };
    }
}
