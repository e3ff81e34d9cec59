package dev.serai.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatRequest;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ResponseFormat;
import dev.serai.message.SystemBlock;
import dev.serai.message.ToolDef;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's own count of a request, where its provider has none: the text of every part by {@link Tokenizer}, and what
 * models see around it. The overhead of a message and of the answer's beginning is OpenAI's for its chat models.
 */
final class RequestTokens {

    static final long MESSAGE = 4;
    static final long ANSWER = 3;
    static final long TOOL = 8;

    private final Tokenizer tokenizer;

    RequestTokens(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    TokenCount of(ChatRequest request) {
        var count = TokenCount.ofText(ANSWER);
        for (SystemBlock block : request.system()) {
            count = count.plus(TokenCount.ofText(MESSAGE + text(block.text())));
        }
        for (Message message : request.messages()) {
            count = count.plus(TokenCount.ofText(MESSAGE + text(message.name())))
                    .plus(parts(message.parts()));
        }
        for (ToolDef tool : request.tools()) {
            count = count.plus(TokenCount.ofText(TOOL + tool(tool)));
        }
        return count.plus(TokenCount.ofText(format(request.responseFormat())));
    }

    private TokenCount parts(List<Part> parts) {
        return parts.stream().map(this::part).reduce(TokenCount.NONE, TokenCount::plus);
    }

    private TokenCount part(Part part) {
        return switch (part) {
            case Part.Text it -> TokenCount.ofText(text(it.text()));
            case Part.Image it -> new TokenCount(0, MediaTokens.image(it.source(), it.detail()), 0, 0, 0);
            case Part.Document it -> document(it);
            case Part.Audio it -> new TokenCount(0, 0, 0, MediaTokens.audio(it.source()), 0);
            case Part.Video it -> new TokenCount(0, 0, 0, 0, MediaTokens.video(it.source()));
            case Part.ToolCall it -> TokenCount.ofText(TOOL + text(it.name()) + text(it.arguments()));
            case Part.ToolResult it -> TokenCount.ofText(TOOL).plus(parts(it.content()));
            case Part.Reasoning it -> TokenCount.ofText(text(it.text()));
            case Part.RefusalText it -> TokenCount.ofText(text(it.text()));
            case Part.Opaque it -> TokenCount.ofText(json(it.raw()));
        };
    }

    private TokenCount document(Part.Document document) {
        var around = TokenCount.ofText(text(document.title()) + text(document.context()));
        String text = plain(document.source());
        return around.plus(
                text != null
                        ? TokenCount.ofText(text(text))
                        : new TokenCount(0, 0, MediaTokens.document(document.source()), 0, 0));
    }

    /** The text of a document that is nothing else, or null. */
    private static @Nullable String plain(MediaSource source) {
        return switch (source) {
            case MediaSource.InlineText it -> it.text();
            case MediaSource.Base64 it -> it.mediaType().startsWith("text/") ? decoded(it.data()) : null;
            case MediaSource.Url it -> null;
            case MediaSource.FileId it -> null;
        };
    }

    private static @Nullable String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private long tool(ToolDef tool) {
        return switch (tool) {
            case ToolDef.FunctionTool it -> text(it.name()) + text(it.description()) + json(it.parameters());
            case ToolDef.CustomTool it -> text(it.name()) + text(it.description()) + json(it.format());
            case ToolDef.HostedTool it -> json(it.raw());
        };
    }

    private long format(@Nullable ResponseFormat format) {
        return format instanceof ResponseFormat.JsonSchema schema
                ? text(schema.name()) + text(schema.description()) + json(schema.schema())
                : 0;
    }

    private long json(@Nullable JsonNode node) {
        return node == null ? 0 : tokenizer.count(node.toString());
    }

    private long text(@Nullable String text) {
        return text == null ? 0 : tokenizer.count(text);
    }
}
