package dev.serai.provider.gemini;

import dev.serai.call.Call;
import dev.serai.protocol.gemini.GeminiSurface;
import dev.serai.provider.Access;
import dev.serai.provider.Provider;
import java.time.Clock;

/** Google Gemini: generateContent below {@code v1beta}, or below {@code v1}, which takes no JSON schemas. */
public final class GeminiProvider implements Provider {

    private final Access beta;
    private final Access stable;

    /** @param clock tells how long a day's quota still rests */
    public GeminiProvider(Clock clock) {
        var failures = new GeminiFailures();
        beta = new GeminiAccess(new GeminiSurface(data -> failures.inStream(data, clock.instant()), true), failures);
        stable = new GeminiAccess(new GeminiSurface(data -> failures.inStream(data, clock.instant()), false), failures);
    }

    @Override
    public String kind() {
        return "gemini";
    }

    @Override
    public Access access(Call call) {
        return access(call.running().candidate().provider().baseUrl());
    }

    /** The way in below a base URL. */
    public Access access(String baseUrl) {
        return baseUrl.endsWith("/v1") ? stable : beta;
    }
}
