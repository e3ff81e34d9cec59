package dev.serai.provider.zaiweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.MediaSource;
import dev.serai.message.Refusal;
import dev.serai.upstream.GuardedFetch;
import dev.serai.upstream.UploadForm;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Gives the upstream the images of one attempt's request, each once, however often the request is made. */
final class Uploads {

    private static final int MOST_BYTES = 20 * 1024 * 1024;
    private static final Duration FETCH = Duration.ofSeconds(30);
    private static final Duration UPLOAD = Duration.ofSeconds(60);
    private static final Failure NOT_TAKEN =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.UPSTREAM, "The upstream provider did not take an image.");
    private static final Map<String, String> ENDINGS = Map.of(
            "image/png", "png", "image/jpeg", "jpg", "image/gif", "gif", "image/webp", "webp", "image/bmp", "bmp");

    private final Tools tools;
    private final Call call;
    private final Attempt attempt;
    private final ZaiFailures failures;
    private final Map<String, JsonNode> taken = new HashMap<>();

    /** What all attempts share. */
    record Tools(SideRequests requests, FrontEnd frontEnd, GuardedFetch fetch, Supplier<UUID> ids) {}

    Uploads(Tools tools, Call call, ZaiFailures failures) {
        this.tools = tools;
        this.call = call;
        this.attempt = call.running();
        this.failures = failures;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Picture(String mediaType, byte[] bytes) {}

    /** @throws Refusal when there are images that this session may not upload */
    void check(ZaiRequestEncoder.Encoded encoded, Session session) {
        if (session.guest() && !encoded.images().isEmpty()) {
            throw guestsMayNot(encoded.images().getFirst().image().field());
        }
    }

    /**
     * Puts the images of a request where they belong.
     *
     * @throws Refusal when one cannot be read or fetched, or is not taken; where its field is at fault, it is named
     */
    void fill(ZaiRequestEncoder.Encoded encoded, Profile profile, Session session, ChatIds ids) {
        if (encoded.images().isEmpty()) {
            return;
        }
        var files = encoded.body().putArray("files");
        for (var image : encoded.images()) {
            var file = taken.get(image.image().field());
            if (file == null) {
                file = upload(image.image(), profile, session, ids);
                taken.put(image.image().field(), file);
            }
            var id = file.path("id").asText();
            image.place().put("url", profile == Profile.P2025 ? id + '_' + name(file) : id);
            describe(file, ids, files);
        }
    }

    private static Refusal guestsMayNot(String field) {
        return new Refusal(new Failure(
                Kind.UNSUPPORTED_PARAMETER,
                FailureClass.UNSUPPORTED,
                "'" + field + "' is an image, and guests of the selected provider may not upload any.",
                field,
                null));
    }

    private JsonNode upload(TurnImage image, Profile profile, Session session, ChatIds ids) {
        try (var held = call.memory().scope()) {
            return uploaded(image, profile, session, ids);
        }
    }

    private JsonNode uploaded(TurnImage image, Profile profile, Session session, ChatIds ids) {
        var picture = picture(image);
        call.memory().hold(picture.bytes().length); // once more, in the form that it goes out in
        var name = "image-" + (taken.size() + 1) + '.' + ENDINGS.get(picture.mediaType());
        var form = UploadForm.of(name, picture.mediaType(), picture.bytes());
        var baseUrl = attempt.candidate().provider().baseUrl();
        var headers = tools.frontEnd().headers(baseUrl, profile, session, ids.chat(), attempt::onBreak);
        headers.put("content-type", form.contentType());
        var ask = Ask.post(baseUrl + "/api/v1/files/", headers, session.token(), form.body())
                .within(UPLOAD);
        var file = tools.requests().json(ask, failures, attempt::onBreak);
        if (!file.path("id").asText("").matches("[A-Za-z0-9._-]{1,128}")) {
            throw new Refusal(NOT_TAKEN);
        }
        return file;
    }

    private Picture picture(TurnImage image) {
        return switch (image.source()) {
            case MediaSource.Base64 it -> {
                call.memory().hold(it.data().length() / 4L * 3);
                yield new Picture(type(it.mediaType(), image.field()), decoded(it.data(), image.field()));
            }
            case MediaSource.Url it -> fetched(it.url(), image.field());
            case MediaSource.FileId it ->
                throw Refusal.invalid(image.field(), "Cannot be used: a file of another provider.");
            case MediaSource.InlineText it -> throw Refusal.invalid(image.field(), "Is not an image.");
        };
    }

    private Picture fetched(String url, String field) {
        try {
            var fetched = tools.fetch()
                    .get(url, type -> ENDINGS.containsKey(plain(type)), MOST_BYTES, FETCH, attempt::onBreak, call);
            return new Picture(plain(fetched.mediaType()), fetched.bytes());
        } catch (GuardedFetch.NotFetched e) {
            throw Refusal.invalid(field, "Cannot be used: " + e.getMessage() + ".");
        }
    }

    private static String type(String told, String field) {
        var type = plain(told);
        if (!ENDINGS.containsKey(type)) {
            throw Refusal.invalid(field, "Must be a PNG, JPEG, GIF, WebP or BMP image.");
        }
        return type;
    }

    private static String plain(String type) {
        return type.equalsIgnoreCase("image/jpg") ? "image/jpeg" : type.toLowerCase(Locale.ROOT);
    }

    private static byte[] decoded(String data, String field) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(data);
            if (bytes.length > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // told below
        }
        throw Refusal.invalid(field, "Is not base64.");
    }

    private static String name(JsonNode file) {
        return file.path("filename").asText(file.path("meta").path("name").asText("image"));
    }

    private void describe(JsonNode file, ChatIds ids, ArrayNode files) {
        var id = file.path("id").asText();
        ObjectNode entry = files.addObject().put("type", "image");
        entry.set("file", file);
        entry.put("id", id)
                .put("url", "/api/v1/files/" + id + "/content")
                .put("name", name(file))
                .put("status", "uploaded")
                .put("size", file.path("meta").path("size").asLong(0))
                .put("error", "")
                .put("itemId", tools.ids().get().toString())
                .put("media", "image")
                .put("ref_user_msg_id", ids.message());
    }
}
