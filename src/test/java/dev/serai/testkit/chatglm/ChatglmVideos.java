package dev.serai.testkit.chatglm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.testkit.emulator.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Video jobs: submitted, polled, given a sound track, deleted. */
public final class ChatglmVideos {

    private static final Set<String> STYLES = Set.of("", "卡通3D", "黑白老照片", "油画", "电影感");
    private static final Set<String> MOODS = Set.of("", "温馨和谐", "生动活泼", "紧张刺激", "凄凉寂寞");
    private static final Set<String> CAMERA = Set.of("", "水平", "垂直", "推近", "拉远");

    /** A job as it was asked for. */
    public record Job(String id, ChatglmAccount account, JsonNode body) {}

    private static final class State {
        private final Job job;
        private int polls;

        State(Job job) {
            this.job = job;
        }
    }

    private final ChatglmFiles files;
    private final Map<String, State> jobs = new LinkedHashMap<>();
    private final List<Job> submitted = new ArrayList<>();
    private List<String> course = List.of("init", "processing", "finished");

    ChatglmVideos(ChatglmFiles files) {
        this.files = files;
    }

    /** The statuses that the polls of a job see one after the other; the last one stays. */
    public synchronized ChatglmVideos course(String... statuses) {
        course = List.of(statuses);
        return this;
    }

    public synchronized List<Job> submitted() {
        return List.copyOf(submitted);
    }

    /** Jobs that nobody has deleted. */
    public synchronized List<String> undeleted() {
        return List.copyOf(jobs.keySet());
    }

    /** How often a job was polled. */
    public synchronized int polls(String id) {
        var state = jobs.get(id);
        return state == null ? 0 : state.polls;
    }

    /** @throws Refused for a prompt that is missing, an unknown source or setting */
    synchronized ObjectNode submit(ChatglmAccount account, JsonNode body) {
        var extra = body.path("advanced_parameter_extra");
        boolean known = STYLES.contains(extra.path("video_style").asText(""))
                && MOODS.contains(extra.path("emotional_atmosphere").asText(""))
                && CAMERA.contains(extra.path("mirror_mode").asText(""));
        if (!body.path("prompt").isTextual() || !known) {
            throw ChatglmRefusal.BAD_REQUEST.refused();
        }
        for (var source : body.path("source_list")) {
            if (!files.has(account, source.asText())) {
                throw ChatglmRefusal.BAD_REQUEST.refused();
            }
        }
        var job = new Job("v-" + (submitted.size() + 1), account, body);
        submitted.add(job);
        jobs.put(job.id(), new State(job));
        return Json.object()
                .put("chat_id", job.id())
                .put("conversation_id", "66f0b" + "%019x".formatted(submitted.size()));
    }

    synchronized ObjectNode status(ChatglmAccount account, String id) {
        var state = state(account, id);
        String status = course.get(Math.min(state.polls++, course.size() - 1));
        var result = Json.object().put("status", status).put("msg", "").put("plan", "");
        if ("finished".equals(status)) {
            result.put("cover_url", files.link(id + ".png"))
                    .put("video_url", files.link(id + ".mp4"))
                    .put("video_duration", "6s")
                    .put("resolution", "1440 × 960");
        }
        return result;
    }

    synchronized ObjectNode sound(ChatglmAccount account, JsonNode body) {
        String id = body.path("chat_id").asText("");
        state(account, id);
        if (body.path("key").asText("").isEmpty()
                || body.path("audio_id").asText("").isEmpty()) {
            throw ChatglmRefusal.BAD_REQUEST.refused();
        }
        return Json.object().put("url", files.link(id + "-sound.mp4"));
    }

    synchronized void delete(ChatglmAccount account, String id) {
        state(account, id);
        jobs.remove(id);
    }

    private State state(ChatglmAccount account, String id) {
        var state = jobs.get(id);
        if (state == null || !state.job.account().equals(account)) {
            throw ChatglmRefusal.UNKNOWN_JOB.refused();
        }
        return state;
    }
}
