package dev.serai.provider.zaiweb;

import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ResponseFormat;
import dev.serai.message.SystemBlock;
import dev.serai.protocol.Losses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as texts and images: this wire has no place for calls and their results, so they are told in words. Files
 * are refused.
 */
final class TurnTexts {

    private static final String ONE_OBJECT = "Answer only with one JSON object.";

    private final Losses losses;
    private final List<WireMessage> turns = new ArrayList<>();
    private final List<TurnImage> images = new ArrayList<>();

    private TurnTexts(Losses losses) {
        this.losses = losses;
    }

    /**
     * The conversation.
     *
     * @param prompt an operator's text in front of all others
     */
    static List<WireMessage> of(ChatRequest request, @Nullable String prompt, Losses losses) {
        var texts = new TurnTexts(losses);
        texts.system(request, prompt);
        for (int i = 0; i < request.messages().size(); i++) {
            texts.turn(request.messages().get(i), i);
        }
        return List.copyOf(texts.turns);
    }

    /** All of it as one message of the user's, for models that take no other role. */
    static List<WireMessage> folded(List<WireMessage> turns) {
        if (turns.size() == 1 && turns.getFirst().role().equals("user")) {
            return turns;
        }
        var text = new StringBuilder();
        for (var turn : turns) {
            text.append(text.isEmpty() ? "" : "\n\n")
                    .append(turn.role().toUpperCase(Locale.ROOT))
                    .append(":\n")
                    .append(turn.text());
        }
        var images = turns.stream().flatMap(turn -> turn.images().stream()).toList();
        return List.of(new WireMessage("user", text.toString(), images));
    }

    private void system(ChatRequest request, @Nullable String prompt) {
        var blocks = new ArrayList<String>();
        if (prompt != null && !prompt.isBlank()) {
            blocks.add(prompt);
        }
        request.system().stream().map(SystemBlock::text).forEach(blocks::add);
        var format = format(request.responseFormat());
        if (format != null) {
            blocks.add(format);
        }
        add("system", String.join("\n\n", blocks));
    }

    private @Nullable String format(@Nullable ResponseFormat format) {
        return switch (format) {
            case null -> null;
            case ResponseFormat.TextFormat text -> null;
            case ResponseFormat.JsonObject object -> ONE_OBJECT;
            case ResponseFormat.JsonSchema it -> {
                losses.drop("responseFormat");
                yield it.schema() == null
                        ? ONE_OBJECT
                        : ONE_OBJECT + " It must match this JSON schema:\n"
                                + new String(Json.bytes(it.schema()), StandardCharsets.UTF_8);
            }
        };
    }

    private void turn(Message message, int number) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < message.parts().size(); i++) {
            var text = text(message.parts().get(i), "messages[" + number + "].content[" + i + "]");
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        add(message.role().name().toLowerCase(Locale.ROOT), String.join("\n", texts));
    }

    private void add(String role, String text) {
        if (!text.isEmpty() || !images.isEmpty()) {
            turns.add(new WireMessage(role, text, images));
            images.clear();
        }
    }

    /** The text of a part; an image is kept for the turn. @param field where the part stands */
    private String text(Part part, String field) {
        return switch (part) {
            case Part.Text it -> it.text();
            case Part.RefusalText it -> it.text();
            case Part.ToolCall it -> "[Call " + it.id() + " of the tool " + it.name() + "]\n" + it.arguments();
            case Part.ToolResult it -> result(it, field);
            case Part.Document it -> document(it);
            case Part.Reasoning it -> {
                losses.drop("messages.reasoning");
                yield "";
            }
            case Part.Opaque it -> {
                losses.drop("messages.opaque");
                yield "";
            }
            case Part.Image it -> {
                images.add(new TurnImage(it.source(), field));
                yield "";
            }
            case Part.Audio it -> throw Losses.unsupported("messages.audio");
            case Part.Video it -> throw Losses.unsupported("messages.video");
        };
    }

    private String result(Part.ToolResult result, String field) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < result.content().size(); i++) {
            texts.add(text(result.content().get(i), field + ".content[" + i + "]"));
        }
        return (result.isError() ? "[Error of call " : "[Result of call ") + result.callId() + "]\n"
                + String.join("\n", texts);
    }

    private static String document(Part.Document document) {
        if (!(document.source() instanceof MediaSource.InlineText inline)) {
            throw Losses.unsupported("messages.document");
        }
        var title = document.title() == null ? document.filename() : document.title();
        return title == null ? inline.text() : title + '\n' + inline.text();
    }
}
