package dev.serai.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * A form with one file, named {@code file} (RFC 7578).
 *
 * @param contentType names the boundary
 */
@SuppressWarnings("ArrayRecordComponent")
public record UploadForm(String contentType, byte[] body) {

    /** @param name as it is shown; a caller's word, from which is taken what would end the field */
    public static UploadForm of(String name, String mediaType, byte[] file) {
        String boundary = "----serai" + UUID.randomUUID().toString().replace("-", "");
        String head = "--" + boundary + "\r\ncontent-disposition: form-data; name=\"file\"; filename=\"" + plain(name)
                + "\"\r\ncontent-type: " + plain(mediaType) + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(start, start.length + file.length + end.length);
        System.arraycopy(file, 0, body, start.length, file.length);
        System.arraycopy(end, 0, body, start.length + file.length, end.length);
        return new UploadForm("multipart/form-data; boundary=" + boundary, body);
    }

    private static String plain(String text) {
        var plain = new StringBuilder();
        text.codePoints()
                .limit(200)
                .map(c -> c < ' ' || c == '"' || c == '\\' || c == 0x7F ? '_' : c)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
