package dev.serai.provider.chatglmweb;

/** What the text of an unfinished part is. The service is seen to do either. */
public enum FrameStyle {
    /** Not known until a frame shows it. */
    AUTO,
    /** The whole text so far. */
    CUMULATIVE,
    /** The new piece only; the finished part repeats the whole. */
    DELTA
}
