import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

/** A provider that takes its time: a streamed answer is {@link #WORDS} words, one every {@link #PACE}. */
final class Upstream implements AutoCloseable {

    static final int WORDS = 30;
    static final Duration PACE = Duration.ofMillis(100);

    private static final String USAGE = "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":30,\"total_tokens\":33}";
    private static final String WHOLE =
            "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"paced\",\"choices\":[{\"index\":0,"
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"said\"},\"finish_reason\":\"stop\"}]," + USAGE
                    + "}";

    private final HttpServer server;

    Upstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (request.contains("\"stream\":true")) {
                stream(exchange);
            } else {
                byte[] answer = WHOLE.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        }
    }

    private static void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try {
            for (int word = 0; word < WORDS; word++) {
                send(
                        exchange,
                        chunk(
                                "[{\"index\":0,\"delta\":{\"content\":\"word" + word + " \"},\"finish_reason\":null}]",
                                "\"usage\":null"));
                Thread.sleep(PACE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        }
        send(exchange, chunk("[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]", "\"usage\":null"));
        send(exchange, chunk("[]", USAGE));
        send(exchange, "[DONE]");
    }

    private static String chunk(String choices, String usage) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"paced\",\"choices\":"
                + choices + "," + usage + "}";
    }

    private static void send(HttpExchange exchange, String data) throws IOException {
        exchange.getResponseBody().write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
