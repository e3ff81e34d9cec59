package dev.serai.tokens;

/** Tokens of a request by what they stand for. */
record TokenCount(long text, long image, long document, long audio, long video) {

    static final TokenCount NONE = new TokenCount(0, 0, 0, 0, 0);

    static TokenCount ofText(long tokens) {
        return new TokenCount(tokens, 0, 0, 0, 0);
    }

    long total() {
        return text + image + document + audio + video;
    }

    TokenCount plus(TokenCount more) {
        return new TokenCount(
                text + more.text, image + more.image, document + more.document, audio + more.audio, video + more.video);
    }
}
