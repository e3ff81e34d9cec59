package dev.serai.provider;

import dev.serai.call.Call;
import dev.serai.message.ChatRequest;
import dev.serai.protocol.Surface;
import dev.serai.protocol.ToolDisguise;
import dev.serai.protocol.UpstreamBody;
import dev.serai.routing.config.ModelEntry.Lane;
import java.util.ArrayList;
import java.util.function.UnaryOperator;

/**
 * Picks the lane of an attempt and makes its body. The caller's bytes pass through where the surface speaks the caller's
 * protocol and can take them with a few edits; otherwise the canonical message is encoded. What could not be carried is
 * put into the answer's {@code x-gateway-dropped}.
 */
public final class LaneChoice {

    private LaneChoice() {}

    /** @throws dev.serai.message.Refusal when the request cannot be put into the surface's form */
    public static byte[] body(Surface surface, Call call) {
        var body = choose(surface, call);
        report(call, body);
        return body.bytes();
    }

    /**
     * The same where nothing may pass through.
     *
     * @param prepared makes the request ready for this attempt, such as by files that the upstream has been given
     */
    public static byte[] translated(Surface surface, Call call, UnaryOperator<ChatRequest> prepared) {
        var body = translate(surface, call, prepared.apply(call.request()));
        report(call, body);
        return body.bytes();
    }

    private static UpstreamBody choose(Surface surface, Call call) {
        var attempt = call.running();
        String spoken = call.envelope().protocol();
        if (call.entry().lane() == Lane.AUTO
                && !call.reasoningForgotten()
                && surface.protocol().equals(spoken)) {
            var passed = surface.passthrough(call.envelope(), attempt.target());
            if (passed != null) {
                attempt.lane(surface, true);
                return passed;
            }
        }
        return translate(surface, call, call.request());
    }

    private static UpstreamBody translate(Surface surface, Call call, ChatRequest request) {
        var attempt = call.running();
        attempt.lane(surface, false);
        var disguise = ToolDisguise.of(request, surface.toolRules());
        attempt.disguise(disguise);
        return surface.encode(disguise.applied(request), attempt.target());
    }

    private static void report(Call call, UpstreamBody body) {
        var dropped = new ArrayList<>(body.dropped());
        if (call.reasoningForgotten()) {
            dropped.add("messages.reasoning");
        }
        if (dropped.isEmpty()) {
            call.headers().remove("x-gateway-dropped");
        } else {
            String names = String.join(",", dropped);
            call.header("x-gateway-dropped", names.length() <= 1024 ? names : names.substring(0, 1024));
        }
    }
}
