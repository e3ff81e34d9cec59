package dev.serai.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An upstream on raw sockets that plays a script for each request and keeps a journal of what reached it. Scripts are
 * played in the order given; the last one is repeated.
 */
public final class FakeUpstream implements AutoCloseable {

    private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

    private final ServerSocket server;
    private final Deque<Script> scripts = new ArrayDeque<>();
    private final List<Received> journal = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private @Nullable Script last;

    /** One request as it came. Header names are in lower case; a multipart body is kept byte for byte, as Latin-1. */
    public record Received(String method, String path, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** What an upstream does with one request. @return in {@link Wire} whether the connection lives on */
    @FunctionalInterface
    public interface Script {
        void play(Received request, Wire wire) throws IOException, InterruptedException;
    }

    public FakeUpstream() {
        server = fresh();
        Thread.ofVirtual().start(this::accept);
    }

    /** At an address that had no other upstream: a gateway that lives on remembers how that one did. */
    private static ServerSocket fresh() {
        try {
            var socket = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
            if (PORTS.add(socket.getLocalPort())) {
                return socket;
            }
            try (socket) {
                return fresh();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A base URL for ROUTES_CONFIG. */
    public String url() {
        return origin() + "/v1";
    }

    /** The URL without a path. */
    public String origin() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Further scripts, after those already given. */
    public synchronized FakeUpstream then(Script... more) {
        scripts.addAll(List.of(more));
        return this;
    }

    /** Forgets the scripts given so far and the journal. */
    public synchronized FakeUpstream now(Script... only) {
        scripts.clear();
        journal.clear();
        last = null;
        return then(only);
    }

    public List<Received> journal() {
        return List.copyOf(journal);
    }

    private synchronized Script next() {
        var next = scripts.poll();
        if (next != null) {
            last = next;
        }
        return last == null ? Scripts.status(500, "{\"error\":{\"message\":\"no script\"}}") : last;
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            boolean keep = true;
            while (keep) {
                var request = read(in);
                if (request == null) {
                    return;
                }
                journal.add(request);
                var wire = new Wire(socket, in);
                next().play(request, wire);
                keep = wire.keepsAlive();
            }
        } catch (IOException | InterruptedException gone) {
            // the other side has left
        } finally {
            open.remove(socket);
        }
    }

    private static @Nullable Received read(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            return null;
        }
        String[] start = line.split(" ");
        var headers = new TreeMap<String, String>();
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.merge(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).trim(),
                    (one, two) -> one + ", " + two);
        }
        boolean binary = headers.getOrDefault("content-type", "").startsWith("multipart/");
        String body = new String(body(headers, in), binary ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        return new Received(start[0], start[1], headers, body);
    }

    private static byte[] body(Map<String, String> headers, InputStream in) throws IOException {
        if (!headers.getOrDefault("transfer-encoding", "").contains("chunked")) {
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        var body = new ByteArrayOutputStream();
        for (String size = line(in); size != null; size = line(in)) {
            int length = Integer.parseInt(size.trim(), 16);
            body.writeBytes(in.readNBytes(length));
            line(in);
            if (length == 0) {
                break;
            }
        }
        return body.toByteArray();
    }

    private static @Nullable String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The connection as a script sees it. */
    public static final class Wire {

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private boolean alive = true;

        Wire(Socket socket, InputStream in) throws IOException {
            this.socket = socket;
            this.in = in;
            this.out = socket.getOutputStream();
        }

        boolean keepsAlive() {
            return alive && !socket.isClosed();
        }

        public Wire send(String text) throws IOException {
            return send(text.getBytes(StandardCharsets.UTF_8));
        }

        public Wire send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        /** One chunk of a chunked body. */
        public Wire chunk(byte[] bytes) throws IOException {
            if (bytes.length == 0) {
                return this;
            }
            var chunk = new ByteArrayOutputStream();
            chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunk.writeBytes(bytes);
            chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            return send(chunk.toByteArray());
        }

        public Wire chunk(String text) throws IOException {
            return chunk(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The end of a chunked body. */
        public Wire lastChunk() throws IOException {
            return send("0\r\n\r\n");
        }

        /** A reset: the other side gets an I/O error, not an end. */
        public void reset() throws IOException {
            alive = false;
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** A close without the end of the body. */
        public void close() throws IOException {
            alive = false;
            socket.close();
        }

        /** Says nothing until the other side closes. @return how long that took, in nanoseconds */
        public long stall() throws IOException {
            alive = false;
            long start = System.nanoTime();
            drain();
            return System.nanoTime() - start;
        }

        /** Opens when the other side has closed. Nothing more is read from it, so the connection ends with this answer. */
        public CountDownLatch left() {
            alive = false;
            var left = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                drain();
                left.countDown();
            });
            return left;
        }

        private void drain() {
            try {
                while (in.read() >= 0) {
                    // nothing more is expected; whatever comes is dropped
                }
            } catch (IOException reset) {
                // left as well
            }
        }

        /** Waits for the test. */
        public void await(CountDownLatch latch) throws InterruptedException {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new InterruptedException("the test never went on");
            }
        }
    }
}
