package dev.serai.provider.chatglmweb;

import dev.serai.message.ChatRequest;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.Role;
import dev.serai.message.SystemBlock;
import dev.serai.protocol.Losses;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole request as the one text that the service takes: system text, tools and earlier turns, each under a mark of its
 * speaker. A first and only word of a user stays as it is.
 */
final class Prompt {

    private static final String SYSTEM = "<|system|>\n";
    private static final String USER = "<|user|>\n";
    private static final String ASSISTANT = "<|assistant|>\n";

    private final Losses losses;
    private final StringBuilder text = new StringBuilder();

    private Prompt(Losses losses) {
        this.losses = losses;
    }

    /**
     * The text.
     *
     * @param operator a text in front of the system text, or null
     * @param continued the service holds the earlier turns itself
     */
    static String of(ChatRequest request, @Nullable String operator, boolean continued, Losses losses) {
        var prompt = new Prompt(losses);
        String system = system(request, operator);
        var messages = continued ? newest(request.messages()) : request.messages();
        if (system.isEmpty() && messages.size() == 1 && messages.getFirst().role() == Role.USER) {
            prompt.parts(messages.getFirst());
            return prompt.text.toString();
        }
        prompt.speaker(SYSTEM, system);
        messages.forEach(prompt::message);
        prompt.text.append(ASSISTANT);
        return prompt.text.toString();
    }

    private static String system(ChatRequest request, @Nullable String operator) {
        var texts = new ArrayList<@Nullable String>();
        texts.add(operator);
        request.system().stream().map(SystemBlock::text).forEach(texts::add);
        texts.add(ToolPrompt.of(request));
        texts.add(FormatPrompt.of(request.responseFormat()));
        var joined = new StringBuilder();
        for (String one : texts) {
            if (one != null && !one.isBlank()) {
                joined.append(joined.isEmpty() ? "" : "\n\n").append(one.strip());
            }
        }
        return joined.toString();
    }

    /** What came after the model's last word. */
    private static List<Message> newest(List<Message> messages) {
        int from = messages.size();
        while (from > 0 && messages.get(from - 1).role() != Role.ASSISTANT) {
            from--;
        }
        return from == messages.size() ? messages : messages.subList(from, messages.size());
    }

    private void speaker(String mark, String said) {
        if (!said.isEmpty()) {
            text.append(mark).append(said).append("\n\n");
        }
    }

    private void message(Message message) {
        text.append(
                switch (message.role()) {
                    case USER -> USER;
                    case ASSISTANT -> ASSISTANT;
                    case SYSTEM -> SYSTEM;
                });
        parts(message);
        text.append("\n\n");
    }

    private void parts(Message message) {
        int from = text.length();
        var calls = new ArrayList<Part.ToolCall>();
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolCall call) {
                calls.add(call);
            } else {
                line(from, said(part));
            }
        }
        if (!calls.isEmpty()) {
            line(from, ToolPrompt.written(calls));
        }
    }

    private void line(int from, String said) {
        if (!said.isEmpty()) {
            text.append(text.length() > from ? "\n" : "").append(said);
        }
    }

    private String said(Part part) {
        return switch (part) {
            case Part.Text it -> it.text();
            case Part.RefusalText it -> it.text();
            case Part.ToolResult it -> result(it);
            case Part.Document it ->
                it.source() instanceof MediaSource.InlineText inline ? inline.text() : lost("messages.document");
            case Part.Image it -> lost("messages.image");
            case Part.Audio it -> lost("messages.audio");
            case Part.Video it -> lost("messages.video");
            case Part.ToolCall it -> "";
            case Part.Reasoning it -> "";
            case Part.Opaque it -> Uploaded.is(it) ? "" : lost("messages.opaque");
        };
    }

    private String result(Part.ToolResult result) {
        var inside = new StringBuilder();
        for (Part part : result.content()) {
            String said = said(part);
            inside.append(inside.isEmpty() || said.isEmpty() ? "" : "\n").append(said);
        }
        return ToolPrompt.result(result, inside.toString());
    }

    private String lost(String field) {
        losses.drop(field);
        return "";
    }
}
