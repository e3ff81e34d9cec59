package dev.serai.media;

import dev.serai.call.Call;
import dev.serai.message.TokenMeter;
import dev.serai.message.Usage;
import org.jspecify.annotations.Nullable;

/** What a call for media is charged: what the upstream tells, else an estimate of its input alone. */
final class MediaUsage {

    private static final long PICTURE = 1_000;
    private static final long MARGIN_PERCENT = 115;

    private MediaUsage() {}

    static void charge(Call call, @Nullable Usage told, String prompt, int pictures) {
        call.use(told != null ? told : estimate(prompt, pictures));
        if (call.usage().estimated()) {
            call.header("x-gateway-usage", "estimated");
        }
    }

    private static Usage estimate(String prompt, int pictures) {
        var meter = new TokenMeter();
        meter.add(prompt);
        long tokens = Math.ceilDiv((meter.tokens() + pictures * PICTURE) * MARGIN_PERCENT, 100);
        return new Usage(tokens, 0, 0, 0, 0, true);
    }
}
