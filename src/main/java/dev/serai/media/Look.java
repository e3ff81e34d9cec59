package dev.serai.media;

import java.util.regex.Pattern;
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
            @Nullable String resolution) implements Look {

        private static final Pattern SIZE = Pattern.compile("([0-9]{2,5}) ?[x×*] ?([0-9]{2,5})");
        private static final Pattern SECONDS = Pattern.compile("([0-9]{1,5}) ?s?");

        /** Such as {@code 1280x720}, where the resolution says so. */
        @Nullable
        String size() {
            var told = SIZE.matcher(resolution == null ? "" : resolution);
            return told.matches() ? told.group(1) + "x" + told.group(2) : null;
        }

        /** Where the duration says so. */
        @Nullable
        Integer seconds() {
            var told = SECONDS.matcher(duration == null ? "" : duration);
            return told.matches() ? Integer.valueOf(told.group(1)) : null;
        }
    }

    /**
     * There will be none.
     *
     * @param code a word for programs, such as {@code content_filter}
     * @param message a sentence that the caller may read
     */
    record Failed(String code, String message) implements Look {}
}
