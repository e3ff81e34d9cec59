package dev.serai.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client on a bare socket: sends exactly the bytes it is told to, and gives back exactly what came. */
public final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    /** @param receiveBuffer the socket's receive buffer in bytes, 0 for the system's; small ones make slow readers */
    public RawClient(int port, int receiveBuffer) {
        try {
            socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawClient(int port) {
        this(port, 0);
    }

    /** A Chat Completions request with the test's key. */
    public static String chat(String body) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Gateway.KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    public RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    public RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until {@code text} has come. @throws IllegalStateException when the connection ends before */
    public String readUntil(String text) {
        while (!received().contains(text)) {
            if (read() < 0) {
                throw new IllegalStateException("the connection ended after: " + received());
            }
        }
        return received();
    }

    /** Reads to the end of the connection. */
    public String readAll() {
        while (read() >= 0) {
            // more may come
        }
        return received();
    }

    /** Reads at most {@code count} bytes. @return how many came, -1 at the end */
    public int readSome(int count) {
        try {
            byte[] bytes = new byte[count];
            int read = socket.getInputStream().read(bytes);
            if (read > 0) {
                received.write(bytes, 0, read);
            }
            return read;
        } catch (IOException reset) {
            return -1;
        }
    }

    private int read() {
        return readSome(8192);
    }

    /** Everything that came so far. */
    public String received() {
        return received.toString(StandardCharsets.UTF_8);
    }

    public InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** Leaves with a reset. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
