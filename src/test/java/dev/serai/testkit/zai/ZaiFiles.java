package dev.serai.testkit.zai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.emulator.Multipart;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Uploads. */
public final class ZaiFiles {

    /** One upload. */
    public record Upload(ZaiSession session, String id, Multipart part) {}

    private final List<Upload> uploads = new CopyOnWriteArrayList<>();

    public List<Upload> uploads() {
        return List.copyOf(uploads);
    }

    /** Takes an upload. @throws Refused of a guest, or without a file */
    ObjectNode take(ZaiSession session, Received request) {
        if (session.isGuest()) {
            throw ZaiRefusal.GUESTS_MAY_NOT.refused();
        }
        var part = Multipart.of(request).stream()
                .filter(one -> one.name().equals("file") && !one.fileName().isEmpty())
                .findFirst()
                .orElseThrow(ZaiRefusal.MALFORMED::refused);
        String id = "22222222-2222-4222-8222-%012d".formatted(uploads.size() + 1);
        uploads.add(new Upload(session, id, part));
        var answer =
                Json.object().put("id", id).put("user_id", session.userId()).put("filename", part.fileName());
        answer.putObject("meta")
                .put("name", part.fileName())
                .put("content_type", part.contentType())
                .put("size", part.content().length());
        return answer;
    }
}
