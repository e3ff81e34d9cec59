package dev.serai.testkit.zhipu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.emulator.Planned;
import dev.serai.testkit.emulator.Queries;
import dev.serai.testkit.emulator.Refused;
import dev.serai.testkit.emulator.Replies;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Zhipu's calls for images and videos on a port of this machine, below {@code /api/paas/v4}: checks keys and parameters as the
 * vendor describes them, and keeps tasks, each for the key that made it.
 */
public final class ZhipuMediaEmulator implements AutoCloseable {

    private static final String BASE = "/api/paas/v4";

    /** The calls. */
    public enum Endpoint {
        IMAGE,
        IMAGE_ASYNC,
        VIDEO,
        RESULT
    }

    /** A task as it was asked for. */
    public record Task(String id, String key, Endpoint endpoint, JsonNode body) {}

    private final FakeUpstream server = new FakeUpstream();
    private final Planned<Endpoint> planned = new Planned<>();
    private final Set<String> keys = new HashSet<>();
    private final Set<String> requestIds = new HashSet<>();
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final Map<String, Integer> polls = new LinkedHashMap<>();
    private final List<JsonNode> images = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private List<String> course = List.of("PROCESSING", "PROCESSING", "SUCCESS");

    /** @param keys the only keys that are taken */
    public ZhipuMediaEmulator(String... keys) {
        this.keys.addAll(List.of(keys));
        server.now(this::serve);
    }

    /** What stands in for {@code https://open.bigmodel.cn/api/paas/v4}. */
    public String url() {
        return server.origin() + BASE;
    }

    /** What the next good requests get in place of an answer. */
    public ZhipuMediaEmulator next(Endpoint endpoint, Script... answers) {
        planned.next(endpoint, answers);
        return this;
    }

    /** The statuses that the polls of a task see one after the other; the last one stays. */
    public synchronized ZhipuMediaEmulator course(String... statuses) {
        course = List.of(statuses);
        return this;
    }

    /** Tasks in the order in which they came. */
    public synchronized List<Task> tasks() {
        return List.copyOf(tasks.values());
    }

    /** How often a task was asked for. */
    public synchronized int polls(String id) {
        return polls.getOrDefault(id, 0);
    }

    /** Requests for images that were answered at once. */
    public List<JsonNode> images() {
        return List.copyOf(images);
    }

    /** Members that the vendor does not know, although the request was taken. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void serve(Received request, Wire wire) throws IOException, InterruptedException {
        String path = Queries.path(request);
        if (path.startsWith("/asset/")) {
            Replies.asset(wire, path);
            return;
        }
        var endpoint = endpoint(request.method() + " " + path);
        if (endpoint == null) {
            Replies.page(404, "Not Found").play(request, wire);
            return;
        }
        try {
            String key = key(request);
            var script = planned.take(endpoint);
            if (script != null) {
                script.play(request, wire);
            } else {
                Replies.json(wire, 200, result(endpoint, request, key));
            }
        } catch (Refused refused) {
            refused.answer().play(request, wire);
        }
    }

    private static @Nullable Endpoint endpoint(String call) {
        return switch (call) {
            case "POST " + BASE + "/images/generations" -> Endpoint.IMAGE;
            case "POST " + BASE + "/async/images/generations" -> Endpoint.IMAGE_ASYNC;
            case "POST " + BASE + "/videos/generations" -> Endpoint.VIDEO;
            default -> call.startsWith("GET " + BASE + "/async-result/") ? Endpoint.RESULT : null;
        };
    }

    private String key(Received request) {
        String key = Queries.bearer(request);
        if (key.isEmpty()) {
            throw ZhipuRefusal.NO_KEY.refused();
        }
        if (!keys.contains(key)) {
            throw ZhipuRefusal.UNKNOWN_KEY.refused();
        }
        return key;
    }

    private ObjectNode result(Endpoint endpoint, Received request, String key) {
        if (endpoint == Endpoint.RESULT) {
            String path = Queries.path(request);
            return polled(path.substring(path.lastIndexOf('/') + 1), key);
        }
        var body = Replies.body(request);
        if (!body.isObject()) {
            throw new Refused(new ZhipuRefusal(1210, "The body is not JSON"));
        }
        boolean video = endpoint == Endpoint.VIDEO;
        if (video) {
            ZhipuMediaRules.video(body);
        } else {
            ZhipuMediaRules.image(body, endpoint == Endpoint.IMAGE_ASYNC);
        }
        complaints.addAll(ZhipuMediaRules.unknown(body, video));
        return endpoint == Endpoint.IMAGE ? image(body) : submitted(endpoint, body, key);
    }

    private ObjectNode image(JsonNode body) {
        images.add(body);
        var answer = Json.object().put("created", 1_764_000_000);
        answer.putArray("data").addObject().put("url", link("img-" + images.size() + ".png"));
        answer.putArray("content_filter").addObject().put("role", "assistant").put("level", 3);
        return answer;
    }

    private synchronized ObjectNode submitted(Endpoint endpoint, JsonNode body, String key) {
        String id = (endpoint == Endpoint.VIDEO ? "task-vid-" : "task-img-") + (tasks.size() + 1);
        String requestId = body.path("request_id").asText("req-" + id);
        if (!requestIds.add(requestId)) {
            throw new Refused(new ZhipuRefusal(1231, "request_id was used before"));
        }
        tasks.put(id, new Task(id, key, endpoint, body));
        return Json.object()
                .put("id", id)
                .put("request_id", requestId)
                .put("model", body.path("model").asText())
                .put("task_status", "PROCESSING");
    }

    private synchronized ObjectNode polled(String id, String key) {
        var task = tasks.get(id);
        if (task == null || !task.key().equals(key)) {
            throw ZhipuRefusal.invalid("id");
        }
        int poll = polls.merge(id, 1, Integer::sum);
        String status = course.get(Math.min(poll, course.size()) - 1);
        var result = Json.object()
                .put("model", task.body().path("model").asText())
                .put("request_id", task.body().path("request_id").asText("req-" + id))
                .put("task_status", status);
        if (status.equals("SUCCESS") && task.endpoint() == Endpoint.VIDEO) {
            result.putArray("video_result")
                    .addObject()
                    .put("url", link(id + ".mp4"))
                    .put("cover_image_url", link(id + ".png"));
        } else if (status.equals("SUCCESS")) {
            result.putArray("image_result").addObject().put("url", link(id + ".png"));
        }
        return result;
    }

    private String link(String name) {
        return server.origin() + "/asset/" + name;
    }

    @Override
    public void close() {
        server.close();
    }
}
