package dev.serai.provider.zhipu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.GivenPicture;
import dev.serai.message.VideoRequest;
import dev.serai.protocol.Losses;
import dev.serai.protocol.Target;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Requests for a video on Zhipu's wire. What its model does not take is refused rather than left out: videos cost money. */
final class ZhipuVideoBody {

    private static final int LONGEST_PROMPT = 512;

    private final VideoRequest request;
    private final ZhipuVideoModel model;
    private final ObjectNode body = Json.object();

    private ZhipuVideoBody(VideoRequest request, String model) {
        this.request = request;
        this.model = ZhipuVideoModel.of(model);
    }

    static byte[] of(VideoRequest request, Target target, Losses losses) {
        var made = new ZhipuVideoBody(request, target.model());
        made.body.put("model", target.model());
        made.words();
        made.pictures();
        made.shape();
        made.options();
        if (request.conversation() != null) {
            losses.drop("conversation_id");
        }
        request.others().forEach(name -> ZhipuMedia.drop(losses, name));
        target.customParams().properties().forEach(param -> made.body.set(param.getKey(), param.getValue()));
        return Json.bytes(made.body);
    }

    private void words() {
        String prompt = request.prompt();
        if (model.closed() && prompt.codePointCount(0, prompt.length()) > LONGEST_PROMPT) {
            throw ZhipuMedia.unsupported("prompt", "takes at most " + LONGEST_PROMPT + " characters");
        }
        if (!prompt.isBlank()) {
            body.put("prompt", prompt);
        }
        String user = request.user();
        if (user != null) {
            body.put("user_id", ZhipuUser.id(user));
        }
        if (request.watermark() != null) {
            body.put("watermark_enabled", request.watermark());
        }
    }

    private void pictures() {
        int count = request.pictures().size();
        if (count < model.least() || count > model.most()) {
            String few = model.least() == model.most()
                    ? String.valueOf(model.least())
                    : model.least() + " to " + model.most();
            throw ZhipuMedia.unsupported("image_url", "starts from " + few + " pictures");
        }
        if (count == 1 && !model.listed()) {
            body.put("image_url", url(request.pictures().getFirst()));
        } else if (count > 0) {
            var list = body.putArray("image_url");
            request.pictures().forEach(picture -> list.add(url(picture)));
        }
    }

    private static String url(GivenPicture picture) {
        return switch (picture) {
            case GivenPicture.Linked linked -> linked.url();
            case GivenPicture.Sent sent ->
                "data:" + (sent.mediaType().isEmpty() ? "image/png" : sent.mediaType()) + ";base64,"
                        + Base64.getEncoder().encodeToString(sent.bytes());
        };
    }

    private void shape() {
        String size = request.size();
        if (size != null && !size.equals("auto")) {
            require("size", size, model.sizes());
            body.put("size", size);
        }
        Integer seconds = request.seconds();
        if (seconds != null) {
            if (!model.hasSeconds()) {
                throw ZhipuMedia.unsupported("seconds", "has a length of its own");
            }
            require("seconds", String.valueOf(seconds), words(model.seconds()));
            body.put("duration", seconds);
        }
        sound();
    }

    /** A model that makes no sound makes a video without one. */
    private void sound() {
        Boolean sound = request.sound();
        if (sound != null && model.sounds()) {
            body.put("with_audio", sound);
        } else if (Boolean.TRUE.equals(sound)) {
            throw ZhipuMedia.unsupported("with_audio", "makes no sound");
        }
    }

    private static Set<String> words(Set<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.toSet());
    }

    private void options() {
        request.options().forEach((name, value) -> {
            var words = model.options().get(name);
            if (words == null) {
                throw ZhipuMedia.unsupported(name, "does not know it");
            }
            require(name, value, words);
            if (name.equals("fps")) {
                body.put(name, number(value));
            } else {
                body.put(name, value);
            }
        });
    }

    private static int number(String value) {
        if (!value.matches("[0-9]{1,3}")) {
            throw ZhipuMedia.unsupported("fps", "takes a number");
        }
        return Integer.parseInt(value);
    }

    private static void require(String field, String value, Set<String> words) {
        if (!words.isEmpty() && !words.contains(value)) {
            List<String> sorted = words.stream().sorted().toList();
            throw ZhipuMedia.unsupported(field, "takes " + String.join(", ", sorted));
        }
    }
}
