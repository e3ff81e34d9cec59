package dev.serai.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for one video in canonical form. Absent members are null.
 *
 * @param size such as {@code 1280x720}; what else it may be is for the provider to say
 * @param seconds how long the video is to be
 * @param pictures what it starts from: none, a first picture, a first and a last, or several to go by
 * @param sound whether the video is to have a sound of its own
 * @param conversation which conversation of the caller's, at a provider that has some, it goes on with
 * @param options what only some providers know, by its name in the request: texts, numbers and flags as texts; only names
 *     that the decoder of the request lists
 * @param others names of further members, which nobody understands
 */
public record VideoRequest(
        String prompt,
        @Nullable String size,
        @Nullable Integer seconds,
        List<GivenPicture> pictures,
        @Nullable Boolean sound,
        @Nullable Boolean watermark,
        @Nullable String user,
        @Nullable String conversation,
        Map<String, String> options,
        List<String> others) {

    public VideoRequest {
        pictures = List.copyOf(pictures);
        options = Map.copyOf(options);
        others = List.copyOf(others);
    }
}
