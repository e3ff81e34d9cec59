package dev.serai.inbound;

import dev.serai.call.Client;
import dev.serai.stream.ByteSink;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The caller's side of a call on a servlet. Writes come from the call's thread and, for heartbeats, from a thread of the
 * watch; a lock keeps them apart.
 */
final class ServletClient implements Client {

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final String path;
    private final @Nullable Connection connection;
    private final BodyReader bodies;
    private final ReentrantLock writing = new ReentrantLock();
    private Map<String, String> pathVariables = Map.of();
    private @Nullable QueryString query;
    private volatile @Nullable StreamHead head;
    private volatile boolean bodyRead;
    private volatile boolean over;
    private volatile long lastWrite = System.nanoTime();

    /** What a stream's first write sends ahead. */
    private record StreamHead(String contentType, Map<String, String> headers) {}

    ServletClient(
            HttpServletRequest request,
            HttpServletResponse response,
            String path,
            @Nullable Connection connection,
            BodyReader bodies) {
        this.request = request;
        this.response = response;
        this.path = path;
        this.connection = connection;
        this.bodies = bodies;
    }

    void pathVariables(Map<String, String> variables) {
        pathVariables = variables;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String remoteAddress() {
        return request.getRemoteAddr();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Map<String, String> pathVariables() {
        return pathVariables;
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public List<String> headers(String name) {
        return Collections.list(request.getHeaders(name));
    }

    @Override
    public List<String> query(String name) {
        if (query == null) {
            query = QueryString.of(request.getQueryString());
        }
        return query.values(name);
    }

    @Override
    public byte[] readBody() {
        return readBody(bodies.most());
    }

    @Override
    public byte[] readBody(long most) {
        byte[] body = bodies.read(request, most);
        bodyRead = true;
        return body;
    }

    @Override
    public byte[] readFormOrBody() {
        byte[] body = bodies.readFormOrJson(request, bodies.most());
        bodyRead = true;
        return body;
    }

    @Override
    public void releaseBody() {
        bodies.release();
    }

    @Override
    public void hold(long bytes) {
        bodies.hold(bytes);
    }

    @Override
    public void letGo(long bytes) {
        bodies.letGo(bytes);
    }

    @Override
    public boolean gone() {
        return bodyRead && connection != null && connection.gone();
    }

    @Override
    public boolean committed() {
        return response.isCommitted();
    }

    @Override
    public long lastWriteNanos() {
        return lastWrite;
    }

    @Override
    public void expectStream(String contentType, Map<String, String> headers) {
        head = new StreamHead(contentType, headers);
    }

    @Override
    public void heartbeat(byte[] comment) {
        if (!writing.tryLock()) {
            return;
        }
        try {
            var stream = head;
            if (!over && stream != null) {
                commit(stream);
                response.getOutputStream().write(comment);
                response.getOutputStream().flush();
                lastWrite = System.nanoTime();
            }
        } catch (IOException left) {
            over = true;
        } finally {
            writing.unlock();
        }
    }

    /** Writes what {@code out} holds and flushes it. @throws IOException when the caller has left or does not read */
    void write(ByteSink out) throws IOException {
        writing.lock();
        try {
            if (over) {
                throw new IOException("the caller has left");
            }
            var stream = head;
            if (stream != null) {
                commit(stream);
            }
            out.drainTo(response.getOutputStream());
            response.getOutputStream().flush();
            lastWrite = System.nanoTime();
        } finally {
            writing.unlock();
        }
    }

    private void commit(StreamHead head) {
        if (!response.isCommitted()) {
            response.setStatus(200);
            response.setContentType(head.contentType());
            response.setHeader("cache-control", "no-cache");
            response.setHeader("x-accel-buffering", "no");
            head.headers().forEach(response::setHeader);
        }
    }

    /** Whether bytes of the answer went out; after this, no heartbeat does any more. */
    boolean hasBegun() {
        writing.lock();
        try {
            head = null;
            return response.isCommitted();
        } finally {
            writing.unlock();
        }
    }

    /** The head of a file's bytes. @param length -1 where it is not known */
    void begin(String contentType, Map<String, String> headers, long length) {
        writing.lock();
        try {
            response.setStatus(200);
            headers.forEach(response::setHeader);
            response.setContentType(contentType);
            if (length >= 0) {
                response.setContentLengthLong(length);
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void cut() {
        if (connection != null) {
            connection.cut();
        }
    }

    /** Answers as a whole. @throws IOException when the caller has left */
    void respond(int status, String contentType, Map<String, String> headers, byte[] body) throws IOException {
        writing.lock();
        try {
            response.setStatus(status);
            headers.forEach(response::setHeader);
            if (body.length > 0) {
                response.setContentType(contentType);
            }
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.getOutputStream().flush();
        } finally {
            writing.unlock();
        }
    }

    /** No write and no look comes after this. */
    void close() {
        writing.lock();
        try {
            over = true;
        } finally {
            writing.unlock();
        }
        bodies.close();
        if (connection != null) {
            connection.release();
        }
    }
}
