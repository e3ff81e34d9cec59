package dev.serai.testkit.zhipu;

import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.emulator.Refused;
import dev.serai.testkit.emulator.Replies;
import java.io.IOException;

/** A refusal with one of the vendor's codes, {@code 1302} for example; its HTTP status follows from the code. */
public record ZhipuRefusal(int code, String message) implements Script {

    static final ZhipuRefusal UNKNOWN_KEY = new ZhipuRefusal(1000, "Authentication failed");
    static final ZhipuRefusal NO_KEY = new ZhipuRefusal(1001, "No authorization header");
    static final ZhipuRefusal UNKNOWN_MODEL = new ZhipuRefusal(1211, "Model does not exist");
    static final ZhipuRefusal WRONG_CALL = new ZhipuRefusal(1212, "The model does not support this call");

    static Refused missing(String parameter) {
        return new Refused(new ZhipuRefusal(1213, "Parameter " + parameter + " is missing"));
    }

    static Refused invalid(String parameter) {
        return new Refused(new ZhipuRefusal(1214, "Parameter " + parameter + " is invalid"));
    }

    /** The HTTP status that the vendor gives a code. */
    public int http() {
        return switch (code) {
            case 1000, 1001, 1003, 1005 -> 401;
            case 1220 -> 403;
            case 1200, 1230, 1234 -> 500;
            case 1113 -> 429;
            default -> code >= 1302 && code <= 1321 ? 429 : 400;
        };
    }

    Refused refused() {
        return new Refused(this);
    }

    @Override
    public void play(Received request, Wire wire) throws IOException {
        var body = Json.object();
        body.putObject("error").put("code", Integer.toString(code)).put("message", message);
        if (code == 1301) {
            body.putArray("contentFilter").addObject().put("level", 1).put("role", "user");
        }
        Replies.json(wire, http(), body);
    }
}
