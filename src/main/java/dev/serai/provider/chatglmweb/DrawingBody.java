package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ImageRequest;
import dev.serai.protocol.Losses;
import dev.serai.protocol.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A request for pictures as one turn with the drawing assistant. */
final class DrawingBody {

    /** Who draws, unless the model's name is the id of another assistant. */
    static final String ASSISTANT = "65a232c082ff90a2ad2f15e2";

    private static final Pattern ID = Pattern.compile("[a-z0-9]{24,}");
    private static final double EXACT = 0.02;
    private static final Map<String, Double> RATIOS = Map.of(
            "1:1", 1.0,
            "3:4", 3.0 / 4,
            "4:3", 4.0 / 3,
            "9:16", 9.0 / 16,
            "16:9", 16.0 / 9);

    private DrawingBody() {}

    static String assistant(String model) {
        return ID.matcher(model).matches() ? model : ASSISTANT;
    }

    /** @param pictures what the service told of the uploads */
    static byte[] of(ImageRequest request, Target target, List<JsonNode> pictures, Losses losses) {
        var body = Json.object();
        body.put("assistant_id", assistant(target.model()));
        body.put("conversation_id", "");
        body.put("project_id", "");
        body.put("chat_type", "user_chat");
        body.set("meta_data", meta(request, losses));
        var content = body.putArray("messages").addObject().put("role", "user").putArray("content");
        content.addObject().put("type", "text").put("text", words(request.prompt()));
        if (!pictures.isEmpty()) {
            var list = content.addObject().put("type", "image").putArray("image");
            pictures.forEach(picture -> list.add(Uploaded.picture(picture, list.size())));
        }
        unsaid(request, losses);
        target.customParams().properties().forEach(param -> body.set(param.getKey(), param.getValue()));
        return Json.bytes(body);
    }

    private static ObjectNode meta(ImageRequest request, Losses losses) {
        var meta = Json.object();
        meta.put("channel", "").put("chat_mode", "").put("draft_id", "").put("input_question_type", "xxxx");
        meta.put("is_networking", false)
                .put("is_test", false)
                .put("platform", "pc")
                .put("quote_log_id", "");
        var drawing = meta.putObject("cogview");
        drawing.put("rm_label_watermark", Boolean.FALSE.equals(request.watermark()));
        String size = request.size();
        if (size != null && !size.equals("auto")) {
            drawing.put("aspect_ratio", ratio(size, losses));
        }
        return meta;
    }

    /** The assistant draws when it is told to. */
    private static String words(String prompt) {
        return prompt.contains("画") ? prompt : "请画：" + prompt;
    }

    /** The service knows shapes and no sizes. */
    private static String ratio(String size, Losses losses) {
        if (!size.matches("[1-9][0-9]{0,4}x[1-9][0-9]{0,4}")) {
            throw ChatglmFailures.unsupported("size", "a width and a height such as 1024x1024");
        }
        String[] sides = size.split("x", 2);
        double asked = Double.parseDouble(sides[0]) / Double.parseDouble(sides[1]);
        var nearest = RATIOS.entrySet().stream()
                .min(Comparator.comparingDouble(ratio -> Math.abs(Math.log(ratio.getValue() / asked))))
                .orElseThrow();
        if (Math.abs(nearest.getValue() / asked - 1) > EXACT) {
            losses.drop("size");
        }
        return nearest.getKey();
    }

    private static void unsaid(ImageRequest request, Losses losses) {
        if (request.quality() != null) {
            losses.drop("quality");
        }
        if (request.style() != null) {
            losses.drop("style");
        }
        if (request.mask() != null) {
            losses.drop("mask");
        }
        request.others().stream()
                .filter(name -> name.matches("[A-Za-z0-9_]{1,64}"))
                .forEach(losses::drop);
    }
}
