package dev.serai.protocol;

import dev.serai.json.Fields;
import dev.serai.message.MediaSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** URLs of media: {@code https://…} or {@code data:<type>;base64,…}. */
public final class DataUrls {

    private static final String MARK = ";base64,";
    private static final Map<String, String> TYPES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "gif", "image/gif",
            "webp", "image/webp",
            "pdf", "application/pdf",
            "mp4", "video/mp4",
            "mov", "video/quicktime",
            "mp3", "audio/mpeg",
            "wav", "audio/wav");

    private DataUrls() {}

    /** @throws dev.serai.message.Refusal with the field's path when the member is no such URL */
    public static MediaSource source(Fields fields, String name) {
        String url = fields.requiredText(name);
        if (url.startsWith("data:")) {
            int mark = url.indexOf(MARK);
            if (mark <= 5 || mark + MARK.length() == url.length()) {
                throw fields.invalid(name, "a data URL must have the form data:<type>;base64,<data>");
            }
            String type = url.substring(5, mark);
            int parameters = type.indexOf(';');
            return new MediaSource.Base64(
                    parameters < 0 ? type : type.substring(0, parameters), url.substring(mark + MARK.length()));
        }
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
                return new MediaSource.Url(url, type(uri.getPath()));
            }
        } catch (URISyntaxException e) {
            throw fields.invalid(name, "an http(s) URL or a base64 data URL is expected");
        }
        throw fields.invalid(name, "an http(s) URL or a base64 data URL is expected");
    }

    public static String of(MediaSource.Base64 source) {
        return "data:" + source.mediaType() + MARK + source.data();
    }

    private static @Nullable String type(@Nullable String path) {
        if (path == null) {
            return null;
        }
        return TYPES.get(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
