package dev.serai.testkit.zhipu;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.testkit.emulator.Refused;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the vendor takes in requests for images and videos. All methods throw {@link Refused} with the code that fits. */
final class ZhipuMediaRules {

    private static final Set<String> IMAGE_MODELS =
            Set.of("glm-image", "cogview-4-250304", "cogview-4", "cogview-3-flash");
    private static final Set<String> IMAGE_MEMBERS =
            Set.of("model", "prompt", "quality", "size", "watermark_enabled", "user_id", "request_id");
    private static final Set<String> COG_MEMBERS = Set.of(
            "model",
            "prompt",
            "image_url",
            "quality",
            "with_audio",
            "size",
            "fps",
            "duration",
            "request_id",
            "user_id",
            "watermark_enabled");
    private static final Set<String> VIDU_MEMBERS = Set.of(
            "model",
            "prompt",
            "image_url",
            "style",
            "duration",
            "aspect_ratio",
            "size",
            "movement_amplitude",
            "with_audio",
            "request_id",
            "user_id",
            "watermark_enabled");
    private static final Set<String> COG3_SIZES =
            Set.of("1280x720", "720x1280", "1024x1024", "1920x1080", "1080x1920", "2048x1080", "3840x2160");
    private static final Set<String> COG2_SIZES =
            Set.of("720x480", "1024x1024", "1280x960", "960x1280", "1920x1080", "1080x1920", "2048x1080", "3840x2160");

    /** How many pictures each video model takes, least and most. */
    private static final Map<String, List<Integer>> PICTURES = Map.of(
            "cogvideox-3", List.of(0, 2),
            "cogvideox-2", List.of(0, 1),
            "cogvideox-flash", List.of(0, 1),
            "viduq1-text", List.of(0, 0),
            "viduq1-image", List.of(1, 1),
            "vidu2-image", List.of(1, 1),
            "viduq1-start-end", List.of(2, 2),
            "vidu2-start-end", List.of(2, 2),
            "vidu2-reference", List.of(1, 3));

    private ZhipuMediaRules() {}

    static void image(JsonNode body, boolean async) {
        String model = model(body, IMAGE_MODELS);
        if (async && !model.equals("glm-image")) {
            throw ZhipuRefusal.WRONG_CALL.refused();
        }
        if (body.path("prompt").asText("").isEmpty()) {
            throw ZhipuRefusal.missing("prompt");
        }
        boolean glm = model.equals("glm-image");
        among(body, "quality", glm ? Set.of("hd") : Set.of("hd", "standard"));
        if (body.has("size")) {
            side(body, glm ? 1024 : 512, glm ? 32 : 16, glm ? 1L << 22 : 1L << 21);
        }
        common(body);
    }

    static void video(JsonNode body) {
        String model = model(body, PICTURES.keySet());
        int pictures = pictures(body.path("image_url"));
        var bounds = PICTURES.getOrDefault(model, List.of(0, 0));
        if (pictures < bounds.getFirst()) {
            throw ZhipuRefusal.missing("image_url");
        }
        if (pictures > bounds.getLast()) {
            throw ZhipuRefusal.invalid("image_url");
        }
        String prompt = body.path("prompt").asText("");
        if (prompt.isEmpty() && pictures == 0) {
            throw ZhipuRefusal.missing("prompt");
        }
        if (model.startsWith("cogvideox")) {
            cog(body, model, prompt);
        } else {
            vidu(body, model);
        }
        common(body);
    }

    /** Members that the vendor does not know. */
    static List<String> unknown(JsonNode body, boolean video) {
        var known =
                video ? body.path("model").asText("").startsWith("vidu") ? VIDU_MEMBERS : COG_MEMBERS : IMAGE_MEMBERS;
        return body.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !known.contains(name))
                .toList();
    }

    private static void cog(JsonNode body, String model, String prompt) {
        if (prompt.codePointCount(0, prompt.length()) > 512) {
            throw ZhipuRefusal.invalid("prompt");
        }
        among(body, "quality", Set.of("speed", "quality"));
        among(body, "size", model.equals("cogvideox-3") ? COG3_SIZES : COG2_SIZES);
        among(body, "fps", Set.of("30", "60"));
        among(body, "duration", Set.of("5", "10"));
    }

    private static void vidu(JsonNode body, String model) {
        among(body, "style", Set.of("general", "anime"));
        among(body, "aspect_ratio", Set.of("16:9", "9:16", "1:1"));
        among(body, "movement_amplitude", Set.of("auto", "small", "medium", "large"));
        boolean first = model.startsWith("viduq1");
        among(body, "duration", Set.of(first ? "5" : "4"));
        among(body, "size", Set.of(first ? "1920x1080" : "1280x720"));
    }

    private static void common(JsonNode body) {
        length(body, "user_id", 6, 128);
        length(body, "request_id", 6, 64);
    }

    private static String model(JsonNode body, Set<String> known) {
        String model = body.path("model").asText("");
        if (model.isEmpty()) {
            throw ZhipuRefusal.missing("model");
        }
        if (!known.contains(model)) {
            throw ZhipuRefusal.UNKNOWN_MODEL.refused();
        }
        return model;
    }

    private static void side(JsonNode body, int least, int step, long most) {
        String[] sides = body.path("size").asText("").split("x");
        if (sides.length != 2 || !sides[0].matches("\\d{3,4}") || !sides[1].matches("\\d{3,4}")) {
            throw ZhipuRefusal.invalid("size");
        }
        int width = Integer.parseInt(sides[0]);
        int height = Integer.parseInt(sides[1]);
        boolean fits = Math.min(width, height) >= least
                && Math.max(width, height) <= 2048
                && width % step == 0
                && height % step == 0
                && (long) width * height <= most;
        if (!fits) {
            throw ZhipuRefusal.invalid("size");
        }
    }

    private static int pictures(JsonNode urls) {
        if (urls.isMissingNode() || urls.isNull()) {
            return 0;
        }
        return urls.isArray() ? urls.size() : 1;
    }

    private static void among(JsonNode body, String member, Set<String> values) {
        if (body.has(member) && !values.contains(body.path(member).asText())) {
            throw ZhipuRefusal.invalid(member);
        }
    }

    private static void length(JsonNode body, String member, int least, int most) {
        int length = body.path(member).asText("").length();
        if (body.has(member) && (length < least || length > most)) {
            throw ZhipuRefusal.invalid(member);
        }
    }
}
