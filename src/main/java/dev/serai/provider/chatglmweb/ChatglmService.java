package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.secret.Secret;
import dev.serai.upstream.SideExchange;
import dev.serai.upstream.UploadForm;
import dev.serai.upstream.UpstreamRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The service's requests beside its turns. Thread-safe. */
final class ChatglmService {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** Callers of a token wait ten seconds at most. */
    private static final Duration TOKEN_LIMIT = Duration.ofSeconds(8);

    private static final Duration TIME_LIMIT = Duration.ofSeconds(3);
    private static final Duration UPLOAD_LIMIT = Duration.ofSeconds(60);
    private static final int MOST = 256 * 1024;
    private static final byte[] EMPTY = {'{', '}'};

    private final SideExchange side;
    private final BrowserHeaders headers;

    ChatglmService(SideExchange side, BrowserHeaders headers) {
        this.side = side;
        this.headers = headers;
    }

    /**
     * An envelope.
     *
     * @param fault what it says, {@link Fault#NONE} when all is well
     */
    record Envelope(Fault fault, JsonNode result) {}

    /** A refresh token's new tokens. */
    Envelope refresh(String baseUrl, Secret refreshToken) throws IOException {
        var request =
                request(baseUrl + "/chatglm/user-api/user/refresh", EMPTY, headers.of(refreshToken, ""), refreshToken);
        return envelope(side.send(request, TOKEN_LIMIT, MOST, abort -> {}));
    }

    Envelope delete(String baseUrl, Secret token, String assistant, String conversation) throws IOException {
        byte[] body = Json.bytes(Json.object().put("assistant_id", assistant).put("conversation_id", conversation));
        var request = request(
                baseUrl + "/chatglm/backend-api/assistant/conversation/delete",
                body,
                headers.of(token, assistant),
                token);
        return envelope(side.send(request, LIMIT, MOST, abort -> {}));
    }

    /** Gives the service a file; its result names it. @param abortable is given what breaks the upload off */
    Envelope upload(String baseUrl, Secret token, MediaFile file, Consumer<Runnable> abortable) throws IOException {
        var form = UploadForm.of(file.name(), file.mediaType(), file.bytes());
        var sent = headers.of(token, "");
        sent.put("content-type", form.contentType());
        var request = request(baseUrl + "/chatglm/backend-api/assistant/file_upload", form.body(), sent, token);
        return envelope(side.send(request, UPLOAD_LIMIT, MOST, abortable));
    }

    /** The service's time in milliseconds, or -1 when it does not tell. */
    long time(String baseUrl) {
        try {
            var request =
                    request(baseUrl + "/chatglm/operation-api/config/cur_ts", new byte[0], headers.of(null, ""), null);
            var result =
                    envelope(side.send(request, TIME_LIMIT, MOST, abort -> {})).result();
            return millis(
                    result.isObject() && !result.isEmpty() ? result.iterator().next() : result);
        } catch (IOException unreachable) {
            return -1;
        }
    }

    private static long millis(JsonNode told) {
        long number = told.asLong(-1);
        boolean seconds = number > 1_000_000_000L && number < 10_000_000_000L;
        long millis = seconds ? number * 1_000 : number;
        return millis > 1_000_000_000_000L && millis < 10_000_000_000_000L ? millis : -1;
    }

    static UpstreamRequest request(String url, byte[] body, Map<String, String> headers, @Nullable Secret token) {
        return new UpstreamRequest(
                body.length == 0 ? "GET" : "POST",
                URI.create(url),
                body,
                headers,
                token,
                "authorization",
                "Bearer ",
                CONNECT,
                null);
    }

    static Envelope envelope(SideExchange.Reply reply) throws IOException {
        byte[] body = reply.body();
        var fault = Fault.of(reply.status(), body);
        if (fault != Fault.NONE) {
            return new Envelope(fault, Json.object());
        }
        return new Envelope(fault, Json.tree(body, 0, body.length).path("result"));
    }
}
