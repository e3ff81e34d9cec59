package dev.serai.media;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs as OpenAI shows them, and finished ones as HelloGML does. */
final class VideoShapes {

    private VideoShapes() {}

    /** OpenAI's video object. @param kept how long an ended job can be asked for */
    static ObjectNode video(VideoJob job, Duration kept) {
        var video = Json.object();
        video.put("id", job.name());
        video.put("object", "video");
        video.put("model", job.model());
        video.put("status", job.state().told());
        video.put("progress", job.progress());
        video.put("created_at", job.createdAt().getEpochSecond());
        var ended = job.completedAt();
        boolean there = job.result() instanceof Look.Done;
        put(video, "completed_at", ended != null && there ? ended.getEpochSecond() : null);
        put(video, "expires_at", ended != null && there ? ended.plus(kept).getEpochSecond() : null);
        video.putNull("prompt");
        video.put("size", job.size());
        video.put("seconds", job.seconds() == null ? null : job.seconds().toString());
        video.putNull("remixed_from_video_id");
        if (job.result() instanceof Look.Failed failed) {
            video.putObject("error").put("code", failed.code()).put("message", failed.message());
        } else {
            video.putNull("error");
        }
        return video;
    }

    private static void put(ObjectNode node, String name, @Nullable Long value) {
        node.put(name, value);
    }

    static ObjectNode list(List<VideoJob> jobs, boolean more, Duration kept) {
        var list = Json.object().put("object", "list");
        var data = list.putArray("data");
        jobs.forEach(job -> data.add(video(job, kept)));
        list.put("first_id", jobs.isEmpty() ? null : jobs.getFirst().name());
        list.put("last_id", jobs.isEmpty() ? null : jobs.getLast().name());
        return list.put("has_more", more);
    }

    static ObjectNode deleted(VideoJob job) {
        return Json.object()
                .put("id", job.name())
                .put("object", "video.deleted")
                .put("deleted", true);
    }

    /** A finished video at once: HelloGML's members, and {@code url} for who reads pictures' answers. */
    static ObjectNode finished(VideoJob job, Look.Done done) {
        var ended = job.completedAt() == null ? job.createdAt() : job.completedAt();
        var answer = Json.object().put("created", ended.getEpochSecond());
        var one = answer.putArray("data").addObject();
        one.put("id", job.name());
        var commission = job.commission();
        one.put("conversation_id", commission == null ? null : commission.conversation());
        String url = done.url().isEmpty() ? "/v1/videos/" + job.name() + "/content" : done.url();
        one.put("url", url);
        one.put("video_url", url);
        one.put("cover_url", done.cover());
        one.put("video_duration", done.duration());
        one.put("resolution", done.resolution());
        return answer;
    }
}
