package dev.serai.message;

import org.jspecify.annotations.Nullable;

/** One stretch of leading system text. */
public record SystemBlock(String text, @Nullable CacheHint cache, SystemRole role) {

    public static SystemBlock of(String text) {
        return new SystemBlock(text, null, SystemRole.SYSTEM);
    }
}
