package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parts of a model's content as both directions write them. */
final class AnswerParts {

    private AnswerParts() {}

    static ObjectNode text(String text, @Nullable ProviderSignature seal) {
        return sealed(Json.object().put("text", text), seal);
    }

    static ObjectNode thought(String text, @Nullable ProviderSignature seal) {
        return sealed(Json.object().put("text", text).put("thought", true), seal);
    }

    static ObjectNode sealed(ObjectNode part, @Nullable ProviderSignature seal) {
        return seal == null ? part : part.put("thoughtSignature", Seals.write(seal));
    }

    /** @param arguments raw text; what is no JSON object goes into a member of its own */
    static ObjectNode call(String id, String name, String arguments) {
        ObjectNode node = Json.object();
        ObjectNode call = node.putObject("functionCall");
        if (!id.isEmpty()) {
            call.put("id", id);
        }
        JsonNode args = arguments.isBlank() ? Json.object() : parsed(arguments);
        call.put("name", name).set("args", args != null ? args : Json.object().put("_raw", arguments));
        return node;
    }

    static boolean isObject(String arguments) {
        return arguments.isBlank() || parsed(arguments) != null;
    }

    private static @Nullable JsonNode parsed(String arguments) {
        byte[] bytes = arguments.getBytes(StandardCharsets.UTF_8);
        try {
            JsonNode args = Json.tree(bytes, 0, bytes.length);
            return args.isObject() ? args : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** A part that came whole, for a caller; null where there is no form for it. */
    static @Nullable ObjectNode whole(Part part) {
        return switch (part) {
            case Part.Image it -> media(it.source());
            case Part.Document it -> media(it.source());
            case Part.Audio it -> media(it.source());
            case Part.Video it -> media(it.source());
            case Part.Opaque it ->
                it.protocol().equals(GeminiProtocol.NAME) && it.raw() instanceof ObjectNode raw ? raw : null;
            case Part.Text it -> text(it.text(), it.signature());
            case Part.RefusalText it -> text(it.text(), null);
            case Part.Reasoning it -> thought(it.text(), it.signature());
            case Part.ToolCall it -> call(it.id(), it.name(), it.arguments());
            case Part.ToolResult it -> null;
        };
    }

    private static @Nullable ObjectNode media(MediaSource source) {
        return switch (source) {
            case MediaSource.Base64 it -> inline(it);
            case MediaSource.Url it -> file(it.url(), it.mediaType());
            case MediaSource.FileId it -> it.protocol().equals(GeminiProtocol.NAME) ? file(it) : null;
            case MediaSource.InlineText it -> text(it.text(), null);
        };
    }

    static ObjectNode inline(MediaSource.Base64 source) {
        ObjectNode node = Json.object();
        node.putObject("inlineData")
                .put("mimeType", source.mediaType().toLowerCase(Locale.ROOT))
                .put("data", source.data());
        return node;
    }

    /** A file of Google's, of the type that was told or that its name tells. */
    static ObjectNode file(MediaSource.FileId file) {
        String told = file.mediaType();
        return file(file.id(), told == null ? MediaTypes.ofName(file.id()) : told);
    }

    static ObjectNode file(String uri, @Nullable String type) {
        ObjectNode node = Json.object();
        ObjectNode file = node.putObject("fileData");
        if (type != null) {
            file.put("mimeType", type);
        }
        file.put("fileUri", uri);
        return node;
    }
}
