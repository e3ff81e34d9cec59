package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.message.CacheHint;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.protocol.DataUrls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images, documents and search results. */
final class MediaBlocks {

    private MediaBlocks() {}

    /** @throws dev.serai.message.Refusal for a block of another type */
    static void read(Fields block, String type, List<Part> parts) {
        switch (type) {
            case "image" ->
                parts.add(new Part.Image(source(block.requiredObject("source")), null, CacheControl.read(block)));
            case "document" -> document(block, parts);
            case "search_result" -> parts.add(searchResult(block));
            default -> throw block.invalid("type", "'" + type + "' is not a known block here");
        }
    }

    private static MediaSource source(Fields source) {
        return switch (source.requiredText("type")) {
            case "base64" -> new MediaSource.Base64(source.requiredText("media_type"), source.requiredText("data"));
            case "url" -> {
                MediaSource url = DataUrls.source(source, "url");
                if (!(url instanceof MediaSource.Url)) {
                    throw source.invalid("url", "an http(s) URL is expected");
                }
                yield url;
            }
            case "file" -> new MediaSource.FileId(AnthropicMessagesProtocol.NAME, source.requiredText("file_id"));
            default -> throw source.invalid("type", "base64, url or file is expected");
        };
    }

    /** The title goes where the other protocols have a file's name. */
    private static void document(Fields block, List<Part> parts) {
        Fields source = block.requiredObject("source");
        String type = source.requiredText("type");
        var more = new ArrayList<Part>();
        MediaSource media = switch (type) {
            case "text" -> new MediaSource.InlineText(source.requiredText("data"));
            case "content" -> new MediaSource.InlineText(inline(source, more));
            default -> source(source);
        };
        CacheHint cache = CacheControl.read(block);
        parts.add(new Part.Document(media, block.text("title"), null, block.text("context"), citations(block), cache));
        parts.addAll(more);
    }

    /** The text of blocks; their images stand behind the document. */
    private static String inline(Fields owner, List<Part> images) {
        var text = new StringBuilder();
        for (Part part : BlocksDecoder.content(owner, BlocksDecoder.Where.RESULT)) {
            if (part instanceof Part.Text it) {
                text.append(text.isEmpty() ? "" : "\n").append(it.text());
            } else {
                images.add(part);
            }
        }
        return text.toString();
    }

    private static Part searchResult(Fields block) {
        String text = inline(block, new ArrayList<>());
        return new Part.Document(
                new MediaSource.InlineText(text),
                block.requiredText("title"),
                null,
                block.requiredText("source"),
                citations(block),
                CacheControl.read(block));
    }

    private static @Nullable Boolean citations(Fields block) {
        JsonNode enabled = block.node().path("citations").path("enabled");
        return enabled.isBoolean() ? Boolean.valueOf(enabled.booleanValue()) : null;
    }
}
