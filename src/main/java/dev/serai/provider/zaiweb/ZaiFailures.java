package dev.serai.provider.zaiweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.Failure;
import dev.serai.provider.Failures;
import dev.serai.provider.RetryHint;
import dev.serai.provider.UpstreamReply;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How chat.z.ai tells its failures. One per attempt: it remembers the last sign, for what can be mended is mended once. */
final class ZaiFailures implements Failures {

    private @Nullable Sign last;

    @Override
    public Failure of(UpstreamReply reply) {
        var wait = RetryHint.of(reply.headers(), null, reply.now());
        if (reply.html()) {
            boolean firewall = reply.status() == 405 || reply.status() == 403;
            return note(firewall ? Sign.FIREWALL : Sign.FAILED).failure(ZaiError.NONE, wait);
        }
        var error = ZaiError.ofBody(reply.body());
        return note(Sign.of(reply.status() / 100 == 2 ? 0 : reply.status(), error))
                .failure(error, wait);
    }

    @Override
    public Failure inStream(JsonNode data, Instant now) {
        var error = ZaiError.in(data);
        return inStream(error == null ? ZaiError.of(data) : error);
    }

    Failure inStream(ZaiError error) {
        return note(Sign.of(0, error)).failure(error, null);
    }

    /** Another request begins. */
    void forget() {
        last = null;
    }

    /** What the last refusal was a sign of, or null. */
    @Nullable
    Sign last() {
        return last;
    }

    private Sign note(Sign sign) {
        last = sign;
        return sign;
    }
}
