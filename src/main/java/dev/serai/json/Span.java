package dev.serai.json;

/** A stretch of bytes: {@code [from, to)}. */
public record Span(int from, int to) {

    public int length() {
        return to - from;
    }
}
