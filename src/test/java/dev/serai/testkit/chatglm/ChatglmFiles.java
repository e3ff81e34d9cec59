package dev.serai.testkit.chatglm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.emulator.Multipart;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Uploads, and links to pictures and films. */
public final class ChatglmFiles {

    /** One upload. */
    public record Upload(ChatglmAccount account, String id, ChatglmEndpoint endpoint, Multipart part) {}

    private final String origin;
    private final List<Upload> uploads = new CopyOnWriteArrayList<>();
    private volatile boolean inArrays;

    ChatglmFiles(String origin) {
        this.origin = origin;
    }

    /** The newer upload answers with an array of one. */
    public void answersInArrays() {
        inArrays = true;
    }

    public List<Upload> uploads() {
        return List.copyOf(uploads);
    }

    /** A link that leads to a picture or film of the emulator. */
    public String link(String name) {
        return origin + "/asset/" + name;
    }

    boolean answersArray(ChatglmEndpoint endpoint) {
        return inArrays && endpoint == ChatglmEndpoint.CHAT_UPLOAD;
    }

    /** Takes an upload. @throws Refused without a file */
    ObjectNode take(ChatglmEndpoint endpoint, ChatglmAccount account, Received request) {
        var part = Multipart.of(request).stream()
                .filter(one -> one.name().equals("file") && !one.fileName().isEmpty())
                .findFirst()
                .orElseThrow(ChatglmRefusal.BAD_REQUEST::refused);
        String id = (endpoint == ChatglmEndpoint.VIDEO_UPLOAD ? "src-" : "file-") + (uploads.size() + 1);
        uploads.add(new Upload(account, id, endpoint, part));
        if (endpoint == ChatglmEndpoint.VIDEO_UPLOAD) {
            return Json.object().put("source_id", id).put("source_url", link(id + ".png"));
        }
        var result = Json.object()
                .put("file_id", id)
                .put("file_url", link(id + ".png"))
                .put("file_name", part.fileName())
                .put("file_size", part.content().length());
        return part.contentType().startsWith("image/") ? result.put("width", 1).put("height", 1) : result;
    }

    boolean has(ChatglmAccount account, String id) {
        return uploads.stream()
                .anyMatch(upload -> upload.id().equals(id) && upload.account().equals(account));
    }

    @Nullable
    String url(String id) {
        return uploads.stream().anyMatch(upload -> upload.id().equals(id)) ? link(id + ".png") : null;
    }
}
