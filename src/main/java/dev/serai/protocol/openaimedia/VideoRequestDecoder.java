package dev.serai.protocol.openaimedia;

import dev.serai.message.Refusal;
import dev.serai.message.VideoRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Requests for a video in canonical form. */
final class VideoRequestDecoder {

    private static final int LONGEST = 600;

    /** What only some providers know: those of HelloGML, then those of Zhipu. */
    private static final List<String> OPTIONS = List.of(
            "video_style",
            "emotional_atmosphere",
            "mirror_mode",
            "audio_id",
            "style",
            "quality",
            "fps",
            "aspect_ratio",
            "movement_amplitude");

    private static final Set<String> KNOWN = known();

    private VideoRequestDecoder() {}

    static VideoRequest decode(MediaMembers members) {
        var pictures = members.pictures("input_reference", "image_url", "image");
        String prompt = pictures.isEmpty() ? members.requiredText("prompt") : members.text("prompt");
        if (pictures.isEmpty() && (prompt == null || prompt.isBlank())) {
            throw Refusal.invalid("prompt", "prompt: what is to be seen is required");
        }
        Integer seconds = members.whole("seconds", 1, LONGEST);
        return new VideoRequest(
                prompt == null ? "" : prompt,
                members.word("size"),
                seconds != null ? seconds : members.whole("duration", 1, LONGEST),
                pictures,
                members.flag("with_audio"),
                members.flag("watermark_enabled"),
                members.text("user", "user_id"),
                members.text("conversation_id"),
                options(members),
                members.others(KNOWN));
    }

    private static Map<String, String> options(MediaMembers members) {
        var options = new TreeMap<String, String>();
        for (String name : OPTIONS) {
            String value = members.plain(name);
            if (value != null && !value.isEmpty()) {
                options.put(name, value);
            }
        }
        return options;
    }

    private static Set<String> known() {
        var known = new HashSet<>(OPTIONS);
        known.addAll(List.of(
                "model",
                "prompt",
                "size",
                "seconds",
                "duration",
                "input_reference",
                "image_url",
                "image",
                "with_audio",
                "watermark_enabled",
                "user",
                "user_id",
                "conversation_id",
                "stream"));
        return Set.copyOf(known);
    }
}
