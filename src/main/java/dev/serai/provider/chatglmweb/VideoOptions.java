package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.VideoRequest;
import java.util.List;
import java.util.Map;

/** What can be chosen of a video: words of lists. Everything else that changes a video is refused, for videos cost. */
final class VideoOptions {

    static final Map<String, List<String>> WORDS = Map.of(
            "video_style", List.of("卡通3D", "黑白老照片", "油画", "电影感"),
            "emotional_atmosphere", List.of("温馨和谐", "生动活泼", "紧张刺激", "凄凉寂寞"),
            "mirror_mode", List.of("水平", "垂直", "推近", "拉远"));

    private static final String AUDIO = "audio_id";

    private VideoOptions() {}

    /** The member {@code advanced_parameter_extra}. @throws dev.serai.message.Refusal with the field's name */
    static ObjectNode extra(VideoRequest request) {
        refuseOthers(request);
        var extra = Json.object();
        for (String name : List.of("emotional_atmosphere", "mirror_mode", "video_style")) {
            String word = request.options().getOrDefault(name, "");
            var words = WORDS.getOrDefault(name, List.of());
            if (!word.isEmpty() && !words.contains(word)) {
                throw ChatglmFailures.unsupported(name, "one of " + String.join(", ", words));
            }
            extra.put(name, word);
        }
        return extra;
    }

    private static void refuseOthers(VideoRequest request) {
        refuse(request.size() != null && !request.size().equals("auto"), "size");
        refuse(request.seconds() != null, "seconds");
        refuse(request.sound() != null, "with_audio");
        refuse(request.watermark() != null, "watermark_enabled");
        if (request.pictures().size() > 1) {
            throw ChatglmFailures.unsupported(request.pictures().get(1).path(), "at most one picture");
        }
        request.options().keySet().forEach(name -> refuse(!WORDS.containsKey(name) && !name.equals(AUDIO), name));
    }

    private static void refuse(boolean there, String field) {
        if (there) {
            throw ChatglmFailures.unsupported(field, "no choice of it");
        }
    }

    /** The video's task: a sound track is named by {@code <key>-<id>}. */
    static ChatglmTask task(String chat, VideoRequest request) {
        String audio = request.options().getOrDefault(AUDIO, "");
        int dash = audio.indexOf('-');
        return dash < 0
                ? new ChatglmTask(chat, "", "")
                : new ChatglmTask(chat, audio.substring(0, dash), audio.substring(dash + 1));
    }

    static void checkAudio(VideoRequest request) {
        String audio = request.options().getOrDefault(AUDIO, "");
        if (!audio.isEmpty() && !audio.matches("[^-]+-.+")) {
            throw ChatglmFailures.unsupported(AUDIO, "a track's key and id, as in key-id");
        }
    }
}
