package dev.serai.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A client with one connection that it keeps, until an answer says it is closed: one call after the other, each read to
 * its last byte. An answer that began on it tells that the gateway is through with the call before. Not safe for several
 * threads at once.
 */
public final class KeptConnection implements AutoCloseable {

    private final int port;
    private Socket socket;
    private InputStream in;

    /** An answer that came whole. Header names are in lower case. */
    public record Answer(int status, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    public KeptConnection(int port) throws IOException {
        this.port = port;
        open();
    }

    private void open() throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A Chat Completions call with the test's key. @throws IOException when the answer does not come whole */
    public Answer chat(String body) throws IOException {
        return send(RawClient.chat(body));
    }

    /** The same with another key. */
    public Answer chat(String key, String body) throws IOException {
        return send(RawClient.chat(body).replace(Gateway.KEY, key));
    }

    public Answer get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** Any request. */
    public Answer send(String request) throws IOException {
        if (socket.isClosed()) {
            open();
        }
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        int status = Integer.parseInt(line().split(" ")[1]);
        var headers = new TreeMap<String, String>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).trim());
        }
        var answer = new Answer(status, headers, new String(body(headers), StandardCharsets.UTF_8));
        if (answer.header("connection").equals("close")) {
            close();
        }
        return answer;
    }

    /** Waits for what comes without being asked. @return whether that is the end of the connection */
    public boolean awaitEnd() throws IOException {
        return in.read() < 0;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        String length = headers.get("content-length");
        if (length != null) {
            return exactly(Integer.parseInt(length));
        }
        var body = new ByteArrayOutputStream();
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            for (int size = size(); size > 0; size = size()) {
                body.writeBytes(exactly(size));
                line();
            }
            line();
        }
        return body.toByteArray();
    }

    private int size() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the connection ended inside a body");
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended before the answer");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
