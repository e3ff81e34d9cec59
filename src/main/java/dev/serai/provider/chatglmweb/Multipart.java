package dev.serai.provider.chatglmweb;

import dev.serai.stream.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A form with one file (RFC 7578). */
@SuppressWarnings("ArrayRecordComponent")
record Multipart(String contentType, byte[] body) {

    static Multipart of(MediaFile file) {
        String boundary = "----serai" + UUID.randomUUID().toString().replace("-", "");
        String head = "--" + boundary + "\r\ncontent-disposition: form-data; name=\"file\"; filename=\""
                + plain(file.name()) + "\"\r\ncontent-type: " + plain(file.mediaType()) + "\r\n\r\n";
        var body = new ByteSink(file.bytes().length + 512);
        body.write(head.getBytes(StandardCharsets.UTF_8));
        body.write(file.bytes());
        body.ascii("\r\n--" + boundary + "--\r\n");
        return new Multipart("multipart/form-data; boundary=" + boundary, body.toByteArray());
    }

    /** Without what would end the field: a name is the caller's word. */
    private static String plain(String text) {
        var plain = new StringBuilder();
        text.codePoints()
                .limit(200)
                .map(c -> c < ' ' || c == '"' || c == '\\' || c == 0x7F ? '_' : c)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
