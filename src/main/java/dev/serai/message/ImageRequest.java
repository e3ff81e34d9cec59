package dev.serai.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for pictures in canonical form. Absent members are null.
 *
 * @param asked how many pictures, 1 to 10; null where the caller does not say
 * @param size such as {@code 1024x1024} or {@code auto}; what else it may be is for the provider to say
 * @param encoded the caller wants the pictures themselves in the answer rather than links; null where it does not say
 * @param watermark whether the provider may mark the pictures as made by a machine
 * @param pictures what is to be changed; empty for a picture from nothing
 * @param mask which part of the first picture may be changed
 * @param others names of further members, which only a provider of the caller's own wire understands
 */
public record ImageRequest(
        String prompt,
        @Nullable Integer asked,
        @Nullable String size,
        @Nullable String quality,
        @Nullable String style,
        @Nullable Boolean encoded,
        @Nullable Boolean watermark,
        @Nullable String user,
        List<GivenPicture> pictures,
        @Nullable GivenPicture mask,
        List<String> others) {

    public ImageRequest {
        pictures = List.copyOf(pictures);
        others = List.copyOf(others);
    }

    /** How many pictures: one, unless more are asked for. */
    public int count() {
        return asked == null ? 1 : asked;
    }

    /** Whether pictures are to be changed rather than made from nothing. */
    public boolean edits() {
        return !pictures.isEmpty();
    }
}
