package dev.serai.upstream;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An upstream's answer, its body still coming: the body of the message that leaves {@code upstream:}. Whoever takes it
 * closes it; closed before its end, the connection is cut and not drained.
 */
public final class UpstreamResponse implements Closeable {

    /** Headers by name, without case. */
    @FunctionalInterface
    public interface Headers {

        /** The header's first value, or null. */
        @Nullable
        String first(String name);
    }

    private final int status;
    private final Headers headers;
    private final InputStream body;
    private final Closeable connection;

    public UpstreamResponse(int status, Headers headers, InputStream body, Closeable connection) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.connection = connection;
    }

    /** An answer that was made inside the gateway, by a Camel route. */
    public static UpstreamResponse local(String contentType, InputStream body) {
        return new UpstreamResponse(
                200, name -> name.equalsIgnoreCase("content-type") ? contentType : null, body, body);
    }

    public int status() {
        return status;
    }

    public @Nullable String header(String name) {
        return headers.first(name);
    }

    /** The media type in lower case without parameters, or {@code ""}. */
    public String mediaType() {
        String type = header("content-type");
        if (type == null) {
            return "";
        }
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    }

    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes, whatever comes of it. */
    public void discard() {
        try {
            connection.close();
        } catch (IOException alreadyBroken) {
            // the connection is gone, which is what was wanted
        }
    }
}
