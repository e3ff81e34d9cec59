package dev.serai.provider.chatglmweb;

import dev.serai.json.Json;
import dev.serai.provider.chatglmweb.ChatglmService.Envelope;
import dev.serai.secret.Secret;
import dev.serai.upstream.SideExchange;
import dev.serai.upstream.UploadForm;
import dev.serai.upstream.UpstreamRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** The service's requests about videos. Thread-safe. */
final class VideoService {

    private static final String PAGE = "https://chatglm.cn/video";
    private static final String PATH = "/chatglm/video-api/v1/";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final Duration UPLOAD = Duration.ofSeconds(60);
    private static final int MOST = 256 * 1024;

    private final SideExchange side;
    private final BrowserHeaders headers;

    VideoService(SideExchange side, BrowserHeaders headers) {
        this.side = side;
        this.headers = headers;
    }

    /** Gives the service the picture that a video starts from. @param abortable as of {@link SideExchange#send} */
    Envelope upload(String baseUrl, Secret token, MediaFile file, Consumer<Runnable> abortable) throws IOException {
        var form = UploadForm.of(file.name(), file.mediaType(), file.bytes());
        var sent = sent(token);
        sent.put("content-type", form.contentType());
        var request = ChatglmService.request(baseUrl + PATH + "static/upload", form.body(), sent, token);
        return ChatglmService.envelope(side.send(request, UPLOAD, MOST, abortable));
    }

    /** Asks for a video. */
    Envelope begin(String baseUrl, Secret token, byte[] body, Consumer<Runnable> abortable) throws IOException {
        var request = ChatglmService.request(baseUrl + PATH + "chat", body, sent(token), token);
        return ChatglmService.envelope(side.send(request, LIMIT, MOST, abortable));
    }

    /** How far it is. */
    Envelope look(String baseUrl, Secret token, String chat) throws IOException {
        var request = ChatglmService.request(
                baseUrl + PATH + "chat/status/" + encoded(chat), new byte[0], sent(token), token);
        return ChatglmService.envelope(side.send(request, LOOK, MOST, abort -> {}));
    }

    /** Lays a sound track under a finished video. @throws IOException also when the service itself is out of order */
    Envelope sound(String baseUrl, Secret token, ChatglmTask task) throws IOException {
        byte[] body = Json.bytes(
                Json.object().put("chat_id", task.chat()).put("key", task.key()).put("audio_id", task.audio()));
        var request = ChatglmService.request(baseUrl + PATH + "static/composite_video", body, sent(token), token);
        var reply = side.send(request, LOOK, MOST, abort -> {});
        if (reply.status() >= 500) {
            throw new IOException("the service answers " + reply.status());
        }
        byte[] said = reply.body();
        boolean refused = reply.status() == 400 && Fault.of(Json.tree(said, 0, said.length)) == Fault.NONE;
        return refused ? new Envelope(Fault.FAILED, Json.object()) : ChatglmService.envelope(reply);
    }

    Envelope delete(String baseUrl, Secret token, String chat) throws IOException {
        var request = ChatglmService.request(baseUrl + PATH + "chat/" + encoded(chat), new byte[0], sent(token), token);
        var delete = new UpstreamRequest(
                "DELETE",
                request.url(),
                request.body(),
                request.headers(),
                token,
                request.credentialHeader(),
                request.credentialPrefix(),
                request.connect(),
                null);
        return ChatglmService.envelope(side.send(delete, LOOK, MOST, abort -> {}));
    }

    private Map<String, String> sent(Secret token) {
        var sent = headers.of(token, "");
        sent.put("referer", PAGE);
        return sent;
    }

    private static String encoded(String chat) {
        return URLEncoder.encode(chat, StandardCharsets.UTF_8);
    }
}
