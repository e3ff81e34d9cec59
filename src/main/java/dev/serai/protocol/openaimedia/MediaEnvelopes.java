package dev.serai.protocol.openaimedia;

import dev.serai.json.JsonObjectSpans;
import dev.serai.json.Members;
import dev.serai.json.Span;
import dev.serai.message.Refusal;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the top level of a request for media: a JSON object or a form. */
final class MediaEnvelopes {

    /** The trait that holds the content type of a form, its boundary included. */
    static final String FORM = "form";

    /** What is asked for where no model is named: the entry for unknown names, if there is one. */
    private static final String NO_MODEL = "default";

    private static final byte[] NO_MEMBERS = {'{', '}'};

    private MediaEnvelopes() {}

    static Envelope read(String protocol, byte[] body, RequestHead head) {
        String type = head.header("content-type");
        return type != null && MultipartForm.isMeant(type) ? form(protocol, body, type) : json(protocol, body);
    }

    private static Envelope json(String protocol, byte[] body) {
        var spans = JsonObjectSpans.scan(body);
        var members = Members.of(body, spans);
        refuseStream(members.flag("stream"));
        String user = members.text("user");
        return envelope(protocol, body, spans, members.text("model"), user, Map.of());
    }

    private static Envelope form(String protocol, byte[] body, String type) {
        var span = modelOf(body, type);
        String model = span == null ? null : text(body, span);
        for (var part : MultipartForm.parts(body, type)) {
            if (part.name().equals("stream")) {
                refuseStream(!text(body, part.value()).equals("false"));
            }
        }
        return envelope(protocol, body, JsonObjectSpans.scan(NO_MEMBERS), model, null, Map.of(FORM, type));
    }

    /** Where a form names the model. */
    static @Nullable Span modelOf(byte[] body, String type) {
        return MultipartForm.parts(body, type).stream()
                .filter(part -> part.name().equals("model"))
                .map(MultipartForm.Part::value)
                .findFirst()
                .orElse(null);
    }

    private static String text(byte[] body, Span span) {
        return new String(body, span.from(), span.length(), StandardCharsets.UTF_8);
    }

    private static void refuseStream(@Nullable Boolean stream) {
        if (stream != null && stream) {
            throw Refusal.invalid("stream", "stream: pictures and videos are answered as a whole");
        }
    }

    private static Envelope envelope(
            String protocol,
            byte[] body,
            JsonObjectSpans spans,
            @Nullable String model,
            @Nullable String user,
            Map<String, String> traits) {
        return new Envelope(
                protocol,
                body,
                spans,
                model == null || model.isBlank() ? NO_MODEL : model,
                false,
                false,
                user == null ? "" : user,
                -1,
                traits);
    }
}
