package dev.serai.protocol.gemini;

import dev.serai.json.Fields;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.protocol.DataUrls;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parts of a request that are no call and no result. */
final class PartsDecoder {

    private static final List<String> OPAQUE =
            List.of("executableCode", "codeExecutionResult", "toolCall", "toolResponse");

    private PartsDecoder() {}

    /** A part of a user's content; empty when it holds a thought, which no user has. */
    static List<Part> user(Fields part) {
        String text = part.text("text");
        if (text == null) {
            return List.of(whole(part));
        }
        return Boolean.TRUE.equals(part.flag("thought")) ? List.of() : List.of(new Part.Text(text));
    }

    static boolean hasData(Fields part) {
        return part.has("inlineData") || part.has("fileData") || OPAQUE.stream().anyMatch(part::has);
    }

    /** Media, or what only Gemini understands. */
    static Part whole(Fields part) {
        Fields inline = part.object("inlineData");
        if (inline != null) {
            return inline(inline, part);
        }
        Fields file = part.object("fileData");
        if (file != null) {
            return media(fileType(file), fileSource(file), part);
        }
        for (String name : OPAQUE) {
            if (part.has(name)) {
                return new Part.Opaque(GeminiProtocol.NAME, part.node());
            }
        }
        throw part.invalid("text", "a part needs text, inlineData, fileData, functionCall or functionResponse");
    }

    /** @param part the part around it, for how closely to look */
    static Part inline(Fields inline, Fields part) {
        String type = inline.requiredText("mimeType").toLowerCase(Locale.ROOT);
        String data = standardBase64(inline);
        if (type.startsWith("text/")) {
            String title = inline.text("displayName");
            byte[] text = Base64.getDecoder().decode(data);
            var source = new MediaSource.InlineText(new String(text, StandardCharsets.UTF_8));
            return new Part.Document(source, null, title, null, null, null);
        }
        return media(type, new MediaSource.Base64(type, data), part);
    }

    private static Part media(String type, MediaSource source, Fields part) {
        if (type.startsWith("image/")) {
            return new Part.Image(source, detail(part), null);
        }
        if (type.startsWith("audio/")) {
            return new Part.Audio(source, null, null);
        }
        if (type.startsWith("video/")) {
            return new Part.Video(source, part.get("videoMetadata"));
        }
        return new Part.Document(source, null, null, null, null, null);
    }

    private static @Nullable String detail(Fields part) {
        Fields resolution = part.object("mediaResolution");
        String level = resolution == null ? null : resolution.text("level");
        return switch (level == null ? "" : level) {
            case "MEDIA_RESOLUTION_LOW" -> "low";
            case "MEDIA_RESOLUTION_MEDIUM" -> "auto";
            case "MEDIA_RESOLUTION_HIGH" -> "high";
            case "MEDIA_RESOLUTION_ULTRA_HIGH" -> "original";
            default -> null;
        };
    }

    private static MediaSource fileSource(Fields file) {
        String uri = file.requiredText("fileUri");
        String type = file.text("mimeType");
        boolean web = uri.startsWith("https://") || uri.startsWith("http://");
        if (!web || uri.startsWith("https://generativelanguage.googleapis.com/")) {
            return new MediaSource.FileId(GeminiProtocol.NAME, uri, type);
        }
        MediaSource source = DataUrls.source(file, "fileUri");
        return type != null && source instanceof MediaSource.Url url ? new MediaSource.Url(url.url(), type) : source;
    }

    private static String fileType(Fields file) {
        String type = file.text("mimeType");
        if (type != null) {
            return type.toLowerCase(Locale.ROOT);
        }
        String uri = file.requiredText("fileUri");
        if (uri.startsWith("https://www.youtube.com/") || uri.startsWith("https://youtu.be/")) {
            return "video/mp4";
        }
        String guessed = MediaTypes.ofName(uri);
        return guessed == null ? "application/octet-stream" : guessed;
    }

    /** Standard or URL-safe base64, padded or not, as standard base64. */
    private static String standardBase64(Fields inline) {
        String data = inline.requiredText("data");
        String standard = data.indexOf('-') < 0 && data.indexOf('_') < 0
                ? data
                : data.replace('-', '+').replace('_', '/');
        int end = standard.length();
        for (int i = 0; i < end; i++) {
            char c = standard.charAt(i);
            boolean digit =
                    c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
            if (!digit && !(c == '=' && i >= end - 2)) {
                throw inline.invalid("data", "base64 without line breaks is expected");
            }
        }
        return switch (end % 4) {
            case 2 -> standard + "==";
            case 3 -> standard + "=";
            case 0 -> standard;
            default -> throw inline.invalid("data", "base64 without line breaks is expected");
        };
    }
}
