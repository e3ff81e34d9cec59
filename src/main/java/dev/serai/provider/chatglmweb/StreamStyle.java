package dev.serai.provider.chatglmweb;

/** The style of one stream's frames, and how often frames took back what was shown. One thread at a time. */
final class StreamStyle {

    private FrameStyle style;
    private int rewrites;

    StreamStyle(FrameStyle style) {
        this.style = style;
    }

    FrameStyle get() {
        return style;
    }

    void is(FrameStyle found) {
        style = found;
    }

    void rewritten() {
        rewrites++;
    }

    int rewrites() {
        return rewrites;
    }
}
