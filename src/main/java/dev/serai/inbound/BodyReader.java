package dev.serai.inbound;

import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Reads one request body into memory, counted while it comes; every byte held is taken from the {@link BodyBudget}. */
final class BodyReader implements AutoCloseable {

    private static final int STEP = 8 * 1024;

    private final DoorProperties door;
    private final BodyBudget budget;
    private long taken;
    private long held;

    BodyReader(DoorProperties door, BodyBudget budget) {
        this.door = door;
        this.budget = budget;
    }

    /** The largest body of any path. */
    long most() {
        return door.maxBody().toBytes();
    }

    byte[] read(HttpServletRequest request, long most) {
        requireJson(request.getContentType());
        return readAny(request, most);
    }

    /** The body of a request that may be a form as well. */
    byte[] readFormOrJson(HttpServletRequest request, long most) {
        String type = request.getContentType();
        if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            return read(request, most);
        }
        return readAny(request, most);
    }

    private byte[] readAny(HttpServletRequest request, long most) {
        requireIdentity(request.getHeader("content-encoding"));
        long declared = request.getContentLengthLong();
        if (declared > most) {
            throw tooLarge(most);
        }
        try {
            return declared >= 0
                    ? readDeclared(request.getInputStream(), (int) declared)
                    : readChunked(request.getInputStream(), most);
        } catch (IOException e) {
            throw new Refusal(Kind.INVALID_REQUEST, "The request body could not be read to its end.");
        }
    }

    void release() {
        budget.giveBack(taken);
        taken = 0;
    }

    void hold(long bytes) {
        budget.take(bytes);
        held += bytes;
    }

    void letGo(long bytes) {
        budget.giveBack(bytes);
        held -= bytes;
    }

    /** The call is over. */
    @Override
    public void close() {
        release();
        letGo(held);
    }

    private void take(long bytes) {
        budget.take(bytes);
        taken += bytes;
    }

    private byte[] readDeclared(InputStream in, int length) throws IOException {
        take(length);
        byte[] body = new byte[length];
        long start = System.nanoTime();
        int read = 0;
        while (read < length) {
            int count = in.read(body, read, length - read);
            if (count < 0) {
                throw new Refusal(Kind.INVALID_REQUEST, "The request body ended before its declared length.");
            }
            read += count;
            requireSpeed(start, read);
        }
        return body;
    }

    private byte[] readChunked(InputStream in, long most) throws IOException {
        take(STEP);
        byte[] body = new byte[STEP];
        long start = System.nanoTime();
        int read = 0;
        for (int count = in.read(body, 0, STEP); count >= 0; count = in.read(body, read, body.length - read)) {
            read += count;
            if (read > most) {
                throw tooLarge(most);
            }
            requireSpeed(start, read);
            if (read == body.length) {
                take(body.length);
                body = Arrays.copyOf(body, body.length * 2);
            }
        }
        return Arrays.copyOf(body, read);
    }

    private void requireSpeed(long startNanos, long read) {
        long elapsed = System.nanoTime() - startNanos;
        if (elapsed > door.slowBodyGrace().toNanos()
                && read * 1_000_000_000.0 / elapsed < door.minBodyRate().toBytes()) {
            throw new Refusal(Kind.INVALID_REQUEST, "The request body comes too slowly.");
        }
    }

    private static Refusal tooLarge(long most) {
        var size = DataSize.ofBytes(most);
        return new Refusal(
                Kind.REQUEST_TOO_LARGE,
                "The request body exceeds "
                        + (size.toMegabytes() > 0 ? size.toMegabytes() + " MiB." : size.toKilobytes() + " KiB."));
    }

    private static void requireJson(@Nullable String contentType) {
        if (contentType == null) {
            return;
        }
        String type = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.endsWith("+json")) {
            throw new Refusal(Kind.UNSUPPORTED_MEDIA_TYPE, "Send the request with 'Content-Type: application/json'.");
        }
    }

    private static void requireIdentity(@Nullable String encoding) {
        if (encoding != null && !encoding.trim().equalsIgnoreCase("identity")) {
            throw new Refusal(Kind.UNSUPPORTED_MEDIA_TYPE, "Send the request body without a Content-Encoding.");
        }
    }
}
