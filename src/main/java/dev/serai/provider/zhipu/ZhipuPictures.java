package dev.serai.provider.zhipu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.call.Call;
import dev.serai.json.Json;
import dev.serai.media.PictureMaker;
import dev.serai.media.Pictures;
import dev.serai.media.Pictures.Picture;
import dev.serai.message.FailureClass;
import dev.serai.message.ImageRequest;
import dev.serai.message.Refusal;
import dev.serai.protocol.Losses;
import dev.serai.protocol.Target;
import dev.serai.provider.UpstreamFailure;
import dev.serai.provider.WholeExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /images/generations} of Zhipu: one picture a request, so that several are several requests, one after the other.
 * Pictures that are there are answered even if a later one fails; the answer then says that {@code n} was not kept.
 */
public final class ZhipuPictures implements PictureMaker {

    private static final Map<String, String> HEADERS = Map.of("accept-language", "en-US,en");

    private final WholeExchange exchange;
    private final ZhipuFailures failures = new ZhipuFailures();

    public ZhipuPictures(WholeExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public Pictures make(ImageRequest request, Call call) {
        var target = call.running().target();
        var losses = new Losses(target.refuseLosses());
        byte[] body = Json.bytes(body(request, target, losses));
        String url = ZhipuMedia.base(call.running().candidate().provider().baseUrl()) + "/images/generations";
        var pictures = new ArrayList<Picture>();
        var told = Json.object();
        for (int i = 0; i < request.count(); i++) {
            call.running().again(call.nanos());
            try {
                var answer = answer(exchange.post(call, url, body, HEADERS, failures));
                keep(answer, told);
                pictures.add(Picture.at(answer.path("data").path(0).path("url").asText()));
            } catch (Refusal refused) {
                if (pictures.isEmpty() || call.stopped() != null) {
                    throw refused;
                }
                losses.late("n");
                break;
            }
        }
        return new Pictures(pictures, null, null, told, losses.dropped());
    }

    /** What an answer tells besides its picture; the first word counts. */
    private static void keep(JsonNode answer, ObjectNode told) {
        for (String name : List.of("created", "content_filter")) {
            if (answer.hasNonNull(name) && !told.has(name)) {
                told.set(name, answer.get(name));
            }
        }
    }

    private static JsonNode answer(WholeExchange.Whole whole) {
        try {
            var answer = Json.tree(whole.body(), 0, whole.body().length);
            if (!answer.path("data").path(0).path("url").asText().isEmpty()) {
                return answer;
            }
            boolean empty = answer.path("data").isArray() && !answer.has("error");
            throw new Refusal(empty ? UpstreamFailure.of(FailureClass.EMPTY) : whole.failure());
        } catch (IOException notJson) {
            throw new Refusal(whole.failure());
        }
    }

    private static ObjectNode body(ImageRequest request, Target target, Losses losses) {
        if (request.edits()) {
            throw ZhipuMedia.unsupported("image", "makes pictures from words only");
        }
        var body = Json.object().put("model", target.model()).put("prompt", request.prompt());
        String size = size(request.size(), target.model());
        if (size != null) {
            body.put("size", size);
        }
        String quality = quality(request.quality(), target.model());
        if (quality != null) {
            body.put("quality", quality);
        }
        marks(request, body);
        if (request.style() != null) {
            losses.drop("style");
        }
        request.others().forEach(name -> ZhipuMedia.drop(losses, name));
        target.customParams().properties().forEach(param -> body.set(param.getKey(), param.getValue()));
        return body;
    }

    private static void marks(ImageRequest request, ObjectNode body) {
        if (request.watermark() != null) {
            body.put("watermark_enabled", request.watermark());
        }
        String user = request.user();
        if (user != null) {
            body.put("user_id", ZhipuUser.id(user));
        }
    }

    private static @Nullable String size(@Nullable String size, String model) {
        if (size == null || size.equals("auto")) {
            return null;
        }
        boolean newest = model.startsWith("glm-image");
        int least = newest ? 1024 : 512;
        int step = newest ? 32 : 16;
        int most = newest ? 1 << 22 : 1 << 21;
        String[] sides = size.matches("[1-9][0-9]{1,3}x[1-9][0-9]{1,3}") ? size.split("x", 2) : new String[] {"0", "0"};
        int width = Integer.parseInt(sides[0]);
        int height = Integer.parseInt(sides[1]);
        boolean fits = Math.min(width, height) >= least
                && Math.max(width, height) <= 2048
                && width % step == 0
                && height % step == 0
                && width * height <= most;
        if (!fits) {
            throw ZhipuMedia.unsupported(
                    "size",
                    "takes " + least + " to 2048 a side, in steps of " + step + ", and at most " + most + " pixels");
        }
        return size;
    }

    /** Two levels; the newest model has the better one alone. */
    private static @Nullable String quality(@Nullable String quality, String model) {
        if (quality == null || quality.equals("auto") || model.startsWith("glm-image")) {
            return null;
        }
        return switch (quality) {
            case "hd", "high" -> "hd";
            case "standard", "medium", "low" -> "standard";
            default -> throw ZhipuMedia.unsupported("quality", "takes auto, hd, high, low, medium, standard");
        };
    }
}
