import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Somebody who calls one address with one key. */
final class Caller {

    private static final String CHAT =
            "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String address;
    private final String key;

    /** A streamed answer: when each of its events came, and whether it came to its end. */
    record Stream(int status, List<Long> eventMillis, boolean whole) {

        /** Time from the first event to the last. */
        long spreadMillis() {
            return eventMillis.isEmpty() ? 0 : eventMillis.getLast() - eventMillis.getFirst();
        }

        /** In how many different tenths of a second events came. */
        long moments() {
            return eventMillis.stream().map(at -> at / 100).distinct().count();
        }
    }

    Caller(int port, String key) {
        this.address = "http://127.0.0.1:" + port;
        this.key = key;
    }

    /** @return the status, or 0 when there was no whole answer */
    int get(String path) {
        return status(request(path).GET().build());
    }

    String text(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), BodyHandlers.ofString()).body();
    }

    /** @return what was answered, whatever the status */
    String post(String path, String body) throws IOException, InterruptedException {
        var request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    /** See {@link #get}. */
    int delete(String path) {
        return status(request(path).DELETE().build());
    }

    /** A whole answer; see {@link #get}. */
    int chat(String model) {
        return status(chatRequest(model, false));
    }

    private int status(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString()).statusCode();
        } catch (IOException noAnswer) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    Stream stream(String model, Runnable begun) {
        var events = new ArrayList<Long>();
        boolean whole = false;
        int status = 0;
        try {
            HttpResponse<java.util.stream.Stream<String>> answer =
                    client.send(chatRequest(model, true), BodyHandlers.ofLines());
            status = answer.statusCode();
            for (var lines = answer.body().iterator(); lines.hasNext(); ) {
                String line = lines.next();
                if (line.startsWith("data: ")) {
                    if (events.isEmpty()) {
                        begun.run();
                    }
                    events.add(System.nanoTime() / 1_000_000);
                    whole = line.equals("data: [DONE]");
                }
            }
        } catch (IOException | java.io.UncheckedIOException cut) {
            whole = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Stream(status, events, whole);
    }

    private HttpRequest chatRequest(String model, boolean stream) {
        return request("/v1/chat/completions")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(CHAT.formatted(model, stream)))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key);
    }
}
