package dev.serai.testkit.zai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.emulator.Delivery;
import dev.serai.testkit.emulator.Refused;
import dev.serai.testkit.emulator.Replies;
import dev.serai.testkit.emulator.SseEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A refusal of the service.
 *
 * @param http status of the HTTP answer; 200 for one that comes as the only frame of a stream
 * @param body the JSON answer, or the error inside the frame
 */
public record ZaiRefusal(int http, ObjectNode body) implements Script {

    public static final ZaiRefusal SESSION_DEAD = detail(401, "Could not validate credentials");
    public static final ZaiRefusal NOT_FOUND = detail(404, "Not Found");
    public static final ZaiRefusal UNKNOWN_MODEL = detail(400, "Model not found");
    public static final ZaiRefusal MALFORMED = detail(422, "Input should be a valid request");
    public static final ZaiRefusal TOO_MANY = detail(429, "Too many concurrent requests");
    public static final ZaiRefusal LEVEL_TOO_LOW = detail(403, "model_level: the account's level is too low");
    public static final ZaiRefusal GUESTS_MAY_NOT = detail(403, "Guests may not upload");
    public static final ZaiRefusal OLD_VERSION = new ZaiRefusal(
            426,
            wrapped(Json.object()
                    .put("detail", "Your client version check failed")
                    .put("code", 426)));
    public static final ZaiRefusal BAD_SIGNATURE =
            inline(error("client check failed").put("code", 426));
    public static final ZaiRefusal BAD_SIGNATURE_IN_CHINESE =
            inline(error("您的客户端校验失败").put("code", 426));
    public static final ZaiRefusal CAPTCHA = inline(error("refresh the page")
            .put("captcha_error_type", "missing_param")
            .put("code", "FRONTEND_CAPTCHA_REQUIRED")
            .put("error_code", "FRONTEND_CAPTCHA_REQUIRED"));
    public static final ZaiRefusal CONCURRENCY =
            inline(error("concurrency limit reached").put("code", 429));
    public static final ZaiRefusal INTERNAL =
            inline(error("Oops, something went wrong").put("code", "INTERNAL_ERROR"));

    /** The page of the firewall. */
    public static final Script FIREWALL = Replies.page(405, "405 Not Allowed");

    public static ZaiRefusal detail(int http, String detail) {
        return new ZaiRefusal(http, Json.object().put("detail", detail));
    }

    /** One frame that tells an error at all three places. */
    public static ZaiRefusal inline(ObjectNode error) {
        return new ZaiRefusal(200, error);
    }

    static ObjectNode error(String detail) {
        return Json.object().put("detail", detail);
    }

    /** The frame that tells an error at {@code data.error} and {@code data.data.error}. */
    static ObjectNode frame(ObjectNode error) {
        var frame = Json.object().put("type", "chat:completion");
        var data = frame.putObject("data");
        data.putObject("data").put("done", true).set("error", error);
        data.put("done", true).set("error", error);
        return frame;
    }

    static SseEvent event(ObjectNode frame) {
        return SseEvent.of(new String(Json.bytes(frame), StandardCharsets.UTF_8));
    }

    Refused refused() {
        return new Refused(this);
    }

    @Override
    public void play(Received request, Wire wire) throws IOException, InterruptedException {
        if (http != 200) {
            Replies.json(wire, http, body);
        } else {
            Delivery.WHOLE.play(wire, List.of(event(frame(body))), () -> {});
        }
    }

    private static ObjectNode wrapped(ObjectNode error) {
        var body = Json.object();
        body.set("error", error);
        return body;
    }
}
