package dev.serai.testkit.chatglm;

import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.emulator.Refused;
import dev.serai.testkit.emulator.Replies;
import java.io.IOException;

/**
 * A refusal of the service in its envelope.
 *
 * @param http status of the HTTP answer
 * @param member name of the member that carries the code
 */
public record ChatglmRefusal(int code, String message, int http, String member) implements Script {

    public static final ChatglmRefusal ACCESS_DEAD = numbered(401, "access token is not valid", 401);
    public static final ChatglmRefusal REFRESH_EXPIRED = numbered(40102, "refresh token expired", 401);
    public static final ChatglmRefusal LOGIN_NEEDED = numbered(40103, "login required", 401);
    public static final ChatglmRefusal GUEST_EXHAUSTED = worded(10001, "多次体验过对话，请登录后继续使用");
    public static final ChatglmRefusal RATE_LIMITED = numbered(429, "too many requests", 429);
    public static final ChatglmRefusal TOO_FREQUENT = worded(10007, "操作过于频繁，请稍后再试");
    public static final ChatglmRefusal THROTTLED = worded(10008, "当前使用人数较多，已限流");
    public static final ChatglmRefusal BUSY = numbered(429, "conversation already streaming", 429);
    public static final ChatglmRefusal HEADER_MISSING = numbered(40001, "client header missing", 400);
    public static final ChatglmRefusal NO_USER_AGENT = numbered(40002, "no user agent", 400);
    public static final ChatglmRefusal UNSIGNED = numbered(40011, "signature header missing", 400);
    public static final ChatglmRefusal BAD_SIGNATURE = numbered(40014, "signature not valid", 400);
    public static final ChatglmRefusal FIREWALL = numbered(40012, "request blocked", 400);
    public static final ChatglmRefusal ABORTED = numbered(10024, "generator exit", 200);
    public static final ChatglmRefusal NOT_ALLOWED = worded(10005, "权限不足");
    public static final ChatglmRefusal BAD_REQUEST = numbered(400, "bad request", 400);
    public static final ChatglmRefusal UNKNOWN_JOB = numbered(10404, "job does not exist", 200);

    private static ChatglmRefusal numbered(int code, String text, int http) {
        return new ChatglmRefusal(code, code + ": " + text, http, "status");
    }

    private static ChatglmRefusal worded(int code, String text) {
        return new ChatglmRefusal(code, text, 200, "status");
    }

    /** The same with another HTTP status: those of refusals are not well known. */
    public ChatglmRefusal withHttp(int other) {
        return new ChatglmRefusal(code, message, other, member);
    }

    /** As answers of earlier years: {@code code} in place of {@code status}. */
    public ChatglmRefusal inCode() {
        return new ChatglmRefusal(code, message, http, "code");
    }

    /** With the code only as digits of the message. */
    public ChatglmRefusal onlyInMessage() {
        return new ChatglmRefusal(1, message, http, member);
    }

    /** To be thrown by a call that is not taken. */
    Refused refused() {
        return new Refused(this);
    }

    @Override
    public void play(Received request, Wire wire) throws IOException {
        var body = Json.object().put(member, code).put("message", message);
        body.putNull("result");
        Replies.json(wire, http, body.put("rid", request.header("x-request-id")));
    }
}
