package dev.serai.testkit.emulator;

import org.jspecify.annotations.Nullable;

/** One event of a stream, before it is written. @param name {@code null} where the wire names no events */
public record SseEvent(@Nullable String name, String data) {

    public static SseEvent of(String data) {
        return new SseEvent(null, data);
    }
}
