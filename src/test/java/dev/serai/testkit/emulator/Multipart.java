package dev.serai.testkit.emulator;

import dev.serai.testkit.FakeUpstream.Received;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One part of a multipart body.
 *
 * @param fileName empty for a plain field
 * @param content its bytes, as Latin-1
 */
public record Multipart(String name, String fileName, String contentType, String content) {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");
    private static final Pattern TYPE = Pattern.compile("(?im)^content-type: *(\\S+)");

    /** The parts of a request. Empty when it has none. */
    public static List<Multipart> of(Received request) {
        var boundary = BOUNDARY.matcher(request.header("content-type"));
        if (!boundary.find()) {
            return List.of();
        }
        var parts = new ArrayList<Multipart>();
        String[] pieces = ("\r\n" + request.body()).split(Pattern.quote("\r\n--" + boundary.group(1)), -1);
        for (int i = 1; i < pieces.length && !pieces[i].startsWith("--"); i++) {
            int gap = pieces[i].indexOf("\r\n\r\n");
            if (gap >= 0) {
                parts.add(part(pieces[i].substring(0, gap), pieces[i].substring(gap + 4)));
            }
        }
        return parts;
    }

    public byte[] bytes() {
        return content.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Multipart part(String head, String content) {
        return new Multipart(first(NAME, head), first(FILE, head), first(TYPE, head), content);
    }

    private static String first(Pattern pattern, String head) {
        var found = pattern.matcher(head);
        return found.find()
                ? new String(found.group(1).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                : "";
    }
}
