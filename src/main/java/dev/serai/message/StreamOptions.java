package dev.serai.message;

/** Whether the answer is streamed, and whether its usage is told in the stream. */
public record StreamOptions(boolean stream, boolean includeUsage) {

    public static final StreamOptions WHOLE = new StreamOptions(false, false);
}
