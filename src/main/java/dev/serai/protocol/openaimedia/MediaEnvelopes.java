package dev.serai.protocol.openaimedia;

import dev.serai.json.JsonObjectSpans;
import dev.serai.json.Members;
import dev.serai.message.Refusal;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.RequestHead;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the top level of a request for media: a JSON object or a form. */
final class MediaEnvelopes {

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
        return envelope(protocol, body, spans, members.text("model"), user, null);
    }

    private static Envelope form(String protocol, byte[] body, String type) {
        var form = MultipartForm.read(body, type);
        for (var part : form.parts()) {
            if (part.field().equals("stream")) {
                refuseStream(!form.text(part).equals("false"));
            }
        }
        return envelope(protocol, body, JsonObjectSpans.scan(NO_MEMBERS), form.text("model"), null, form);
    }

    /** The form that the request came as; null for JSON. */
    static @Nullable MultipartForm formOf(Envelope envelope) {
        return envelope.parsed() instanceof MultipartForm form ? form : null;
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
            @Nullable MultipartForm form) {
        return new Envelope(
                protocol,
                body,
                spans,
                model == null || model.isBlank() ? NO_MODEL : model,
                false,
                false,
                user == null ? "" : user,
                -1,
                Map.of(),
                form);
    }
}
