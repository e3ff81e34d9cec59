package dev.serai.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.call.Call;
import dev.serai.json.Json;
import dev.serai.json.JsonObjectSpans;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.Span;
import dev.serai.media.PictureMaker;
import dev.serai.media.Pictures;
import dev.serai.media.Pictures.Picture;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.ImageRequest;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.message.Usage;
import dev.serai.protocol.openaimedia.OpenAiImagesProtocol;
import dev.serai.provider.WholeExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /images/generations} and {@code /images/edits} of OpenAI and of what is compatible with it: the caller's own bytes
 * with the upstream's name of the model, and the upstream's own answer, unless it gives links to one who asked for the
 * pictures themselves.
 */
public final class OpenAiPictures implements PictureMaker {

    private static final Failure NOTHING =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.EMPTY, "The upstream provider gave an empty answer.");

    private final WholeExchange exchange;
    private final OpenAiFailures failures = new OpenAiFailures();

    public OpenAiPictures(WholeExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public Pictures make(ImageRequest request, Call call) {
        var target = call.running().target();
        var envelope = call.envelope();
        boolean edit = call.client().path().endsWith("/edits");
        String base = call.running().candidate().provider().baseUrl();
        var sent = OpenAiImagesProtocol.sent(envelope, target.model(), target.customParams());
        var whole = exchange.post(
                call, base + (edit ? "/images/edits" : "/images/generations"), sent.bytes(), sent.headers(), failures);
        return read(whole, request);
    }

    private static Pictures read(WholeExchange.Whole whole, ImageRequest request) {
        byte[] body = whole.body();
        JsonObjectSpans spans;
        try {
            spans = JsonObjectSpans.scan(body);
        } catch (Refusal notJson) {
            throw new Refusal(whole.failure());
        }
        var members = Members.of(body, spans);
        Span data = members.present("data");
        if (data == null || !members.isArray("data")) {
            throw new Refusal(whole.failure());
        }
        var pictures = JsonSpans.elements(body, data);
        if (pictures.isEmpty()) {
            throw new Refusal(NOTHING);
        }
        var usage = usage(members);
        if (Boolean.TRUE.equals(request.encoded())) {
            var links = links(body, pictures);
            if (!links.isEmpty()) {
                return new Pictures(links, null, usage, told(body, spans), List.of());
            }
        }
        return Pictures.passed(body, usage);
    }

    private static ObjectNode told(byte[] body, JsonObjectSpans spans) {
        var told = Json.object();
        for (String name : spans.names()) {
            var value = spans.value(name);
            if (value != null && !name.equals("data")) {
                try {
                    told.set(name, Json.tree(body, value.from(), value.to()));
                } catch (IOException scannedBefore) {
                    throw new IllegalStateException(scannedBefore);
                }
            }
        }
        return told;
    }

    /** The pictures, if at least one of them is only a link. */
    private static List<Picture> links(byte[] body, List<Span> pictures) {
        var all = new ArrayList<Picture>();
        boolean links = false;
        for (Span span : pictures) {
            if (body[span.from()] != '{') {
                return List.of();
            }
            var one = Members.of(body, JsonObjectSpans.within(body, span));
            var picture = new Picture(text(one, "url"), text(one, "b64_json"), text(one, "revised_prompt"));
            links |= picture.base64() == null && picture.url() != null;
            all.add(picture);
        }
        return links ? all : List.of();
    }

    private static @Nullable String text(Members members, String name) {
        Span span = members.present(name);
        try {
            return span == null ? null : members.text(name);
        } catch (Refusal otherType) {
            return null;
        }
    }

    private static @Nullable Usage usage(Members members) {
        try {
            var usage = members.object("usage");
            var input = usage == null ? null : usage.integer("input_tokens");
            var output = usage == null ? null : usage.integer("output_tokens");
            return input == null || output == null
                    ? null
                    : new Usage(Math.max(0, input), 0, 0, Math.max(0, output), 0, false);
        } catch (Refusal unusual) {
            return null;
        }
    }
}
