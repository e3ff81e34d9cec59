package dev.serai.json;

/** One member of an object: its name, where the name stands with its quotes, and where the value stands. */
record JsonMember(String name, Span nameSpan, Span value) {

    int nameFrom() {
        return nameSpan.from();
    }
}
