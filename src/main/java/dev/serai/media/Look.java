package dev.serai.media;

import org.jspecify.annotations.Nullable;

/** What a look at a video under way has shown. */
public sealed interface Look {

    /** It is being made. @param begun the upstream works at it already. @param progress in percent, 0 where it is not told */
    record Running(boolean begun, int progress) implements Look {}

    /**
     * It is there.
     *
     * @param url where it stands; empty where only {@link VideoMaker#content} leads to it
     * @param duration such as {@code 6s}, in the upstream's words
     * @param resolution in the upstream's words
     */
    record Done(
            String url,
            @Nullable String cover,
            @Nullable String duration,
            @Nullable String resolution) implements Look {}

    /**
     * There will be none.
     *
     * @param code a word for programs, such as {@code content_filter}
     * @param message a sentence that the caller may read
     */
    record Failed(String code, String message) implements Look {}
}
