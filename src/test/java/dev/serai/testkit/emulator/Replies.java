package dev.serai.testkit.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.FakeUpstream.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Answers with a length, and the faults that every web service has. */
public final class Replies {

    /** A picture of one transparent pixel. */
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=");

    private Replies() {}

    /** The body of a request as JSON; a missing node when it is none. */
    public static JsonNode body(Received request) {
        byte[] bytes = request.body().getBytes(StandardCharsets.UTF_8);
        try {
            return Json.tree(bytes, 0, bytes.length);
        } catch (IOException broken) {
            return MissingNode.getInstance();
        }
    }

    public static void json(Wire wire, int status, JsonNode body) throws IOException {
        send(wire, status, "application/json; charset=utf-8", Json.bytes(body));
    }

    public static void send(Wire wire, int status, String type, byte[] body) throws IOException {
        wire.send("HTTP/1.1 " + status + " X\r\ncontent-type: " + type + "\r\ncontent-length: " + body.length
                + "\r\n\r\n");
        wire.send(body);
    }

    /** A small picture for names of pictures, a few bytes for any other. */
    public static void asset(Wire wire, String path) throws IOException {
        if (path.endsWith(".mp4") || path.endsWith(".mp3")) {
            send(wire, 200, "video/mp4", "synthetic video".getBytes(StandardCharsets.UTF_8));
        } else {
            send(wire, 200, "image/png", PNG);
        }
    }

    /** A page of a proxy or firewall. */
    public static Script page(int status, String text) {
        byte[] html = ("<!DOCTYPE html><html><head><title>" + text + "</title></head><body>" + text + "</body></html>")
                .getBytes(StandardCharsets.UTF_8);
        return (request, wire) -> send(wire, status, "text/html; charset=utf-8", html);
    }

    /** A status with nothing behind it. */
    public static Script empty(int status) {
        return (request, wire) -> wire.send("HTTP/1.1 " + status + " X\r\ncontent-length: 0\r\n\r\n");
    }

    /** A connection that is reset before anything is said. */
    public static Script reset() {
        return (request, wire) -> wire.reset();
    }

    /** Not a word until the other side leaves. */
    public static Script silence() {
        return (request, wire) -> wire.stall();
    }
}
