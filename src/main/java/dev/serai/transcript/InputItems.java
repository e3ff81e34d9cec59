package dev.serai.transcript;

import dev.serai.json.JsonObjectSpans;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.Span;
import dev.serai.message.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The whole input of a request as a JSON array: what an earlier response was made from, what it said, and what is new, each
 * item byte for byte. Reasoning without its encrypted form is left out: no upstream that keeps nothing could take it back.
 */
final class InputItems {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private InputItems() {
        out.write('[');
    }

    /** @param recalled what the request builds on, or null */
    static byte[] of(Members members, byte[] body, @Nullable Transcript recalled) {
        var items = new InputItems();
        if (recalled != null) {
            byte[] before = recalled.inputItems();
            items.all(before, new Span(0, before.length));
            items.said(recalled.response());
        }
        items.asked(members.present("input"), body);
        items.out.write(']');
        return items.out.toByteArray();
    }

    private void said(byte[] response) {
        Span output = JsonObjectSpans.scan(response).value("output");
        if (output == null || response[output.from()] != '[') {
            return;
        }
        for (Span item : JsonSpans.elements(response, output)) {
            if (response[item.from()] == '{' && mayReturn(response, item)) {
                add(response, item.from(), item.to());
            }
        }
    }

    private static boolean mayReturn(byte[] response, Span item) {
        var members = Members.of(response, JsonObjectSpans.within(response, item));
        return !members.isText("type", "reasoning") || members.present("encrypted_content") != null;
    }

    private void asked(@Nullable Span input, byte[] body) {
        if (input == null) {
            return;
        }
        switch (body[input.from()]) {
            case '[' -> all(body, input);
            case '"' -> {
                separate();
                out.writeBytes(
                        "{\"type\":\"message\",\"role\":\"user\",\"content\":".getBytes(StandardCharsets.US_ASCII));
                out.write(body, input.from(), input.to() - input.from());
                out.write('}');
            }
            default -> throw Refusal.invalid("input", "input: a string or an array is expected");
        }
    }

    /** What stands between the brackets of an array. */
    private void all(byte[] bytes, Span array) {
        int from = array.from() + 1;
        int to = array.to() - 1;
        while (from < to && bytes[from] <= ' ') {
            from++;
        }
        if (from < to) {
            add(bytes, from, to);
        }
    }

    private void add(byte[] bytes, int from, int to) {
        separate();
        out.write(bytes, from, to - from);
    }

    private void separate() {
        if (out.size() > 1) {
            out.write(',');
        }
    }
}
