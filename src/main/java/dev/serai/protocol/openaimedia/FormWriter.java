package dev.serai.protocol.openaimedia;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Writes a form with a boundary that nobody could know before; what stands in the parts is copied once. */
final class FormWriter {

    private final String boundary = "----serai" + UUID.randomUUID().toString().replace("-", "");
    private final List<Piece> pieces = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent")
    private record Piece(byte[] bytes, int from, int length) {}

    void field(String name, String text) {
        head(name, "");
        words(text + "\r\n");
    }

    /** @param body where the part's bytes stand */
    void part(MultipartForm.Part part, byte[] body) {
        String file = part.file();
        String type = part.mediaType();
        head(
                part.name(),
                (file == null ? "" : "; filename=\"" + escaped(file) + "\"")
                        + (type.isEmpty() ? "" : "\r\nContent-Type: " + type));
        pieces.add(new Piece(body, part.value().from(), part.value().length()));
        words("\r\n");
    }

    private void head(String name, String more) {
        words("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + escaped(name) + "\"" + more
                + "\r\n\r\n");
    }

    private void words(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        pieces.add(new Piece(bytes, 0, bytes.length));
    }

    SentBody finish() {
        words("--" + boundary + "--\r\n");
        var bytes = new byte[pieces.stream().mapToInt(Piece::length).reduce(0, Math::addExact)];
        int at = 0;
        for (var piece : pieces) {
            System.arraycopy(piece.bytes(), piece.from(), bytes, at, piece.length());
            at += piece.length();
        }
        return new SentBody(MultipartForm.TYPE + "; boundary=" + boundary, bytes);
    }

    /** As browsers do it, and so that a backslash means nothing. */
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\' || c == 0x7F) {
                escaped.append('%').append("%02X".formatted(c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
