package dev.serai.testkit;

import dev.serai.message.TokenMeter;

/** What the gateway takes a text to be in tokens. */
public final class Metered {

    private Metered() {}

    public static long tokens(String text) {
        var meter = new TokenMeter();
        meter.add(text);
        return meter.tokens();
    }
}
