package dev.serai.testkit.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;

/** A request made by hand, header by header. */
public final class Asking {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String method;
    private final String url;
    private final Map<String, String> headers;
    private final String body;

    private Asking(String method, String url, Map<String, String> headers, String body) {
        this.method = method;
        this.url = url;
        this.headers = headers;
        this.body = body;
    }

    public static Asking of(String method, String url) {
        return new Asking(method, url, Map.of(), "");
    }

    public Asking with(String header, String value) {
        var more = new TreeMap<>(headers);
        more.put(header, value);
        return new Asking(method, url, more, body);
    }

    public Asking without(String header) {
        var fewer = new TreeMap<>(headers);
        fewer.remove(header);
        return new Asking(method, url, fewer, body);
    }

    public Asking with(Map<String, String> more) {
        var all = new TreeMap<>(headers);
        all.putAll(more);
        return new Asking(method, url, all, body);
    }

    public Asking body(String other) {
        return new Asking(method, url, headers, other);
    }

    /** A multipart body of one text file named {@code file}. */
    public Asking file(String name, String type, String content) {
        String multipart = "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: " + type + "\r\n\r\n" + content + "\r\n--limit--\r\n";
        return with("Content-Type", "multipart/form-data; boundary=limit").body(multipart);
    }

    public HttpResponse<String> send() {
        return send(BodyHandlers.ofString());
    }

    /** The answer as it comes. Closing it is leaving. */
    public HttpResponse<InputStream> open() {
        return send(BodyHandlers.ofInputStream());
    }

    /** The answer as JSON. */
    public JsonNode json() {
        return Examples.tree(send().body());
    }

    private <T> HttpResponse<T> send(HttpResponse.BodyHandler<T> handler) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return CLIENT.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
