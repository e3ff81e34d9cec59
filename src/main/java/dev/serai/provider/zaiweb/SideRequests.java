package dev.serai.provider.zaiweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.provider.UpstreamReply;
import dev.serai.secret.Secret;
import dev.serai.upstream.UpstreamClient;
import dev.serai.upstream.UpstreamRequest;
import dev.serai.upstream.UpstreamResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Small exchanges beside the calls, such as for a session. They block, and give up by themselves after 8 s of silence. */
final class SideRequests {

    private static final Duration SILENCE = Duration.ofSeconds(8);
    private static final int MOST = 1024 * 1024;
    private static final byte[] NOTHING = {};
    private static final Failure UNREACHABLE =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.NETWORK, "The upstream provider cannot be reached.");
    private static final Failure UNREADABLE = Failure.of(
            Kind.UPSTREAM_ERROR, FailureClass.UPSTREAM, "The upstream provider gave an answer that cannot be read.");

    private final UpstreamClient client;
    private final Duration connect;
    private final Clock clock;

    SideRequests(UpstreamClient client, Duration connect, Clock clock) {
        this.client = client;
        this.connect = connect;
        this.clock = clock;
    }

    /** A page as text. @throws Refusal as {@link #get} does */
    String page(String url, Map<String, String> headers) {
        return new String(send("GET", url, NOTHING, headers, null, new ZaiFailures(), abort -> {}), StandardCharsets.UTF_8);
    }

    /**
     * What is at a place.
     *
     * @param token shown as a bearer token
     * @throws Refusal when there is no answer, or it has a bad status, or is no JSON
     */
    JsonNode get(String url, Map<String, String> headers, @Nullable Secret token) {
        return tree(send("GET", url, NOTHING, headers, token, new ZaiFailures(), abort -> {}));
    }

    /**
     * What a place answers to a body.
     *
     * @param failures remembers what a refusal was a sign of
     * @param abortable is given what breaks the exchange off
     * @throws Refusal as {@link #get} does
     */
    JsonNode post(
            String url,
            JsonNode body,
            Map<String, String> headers,
            @Nullable Secret token,
            ZaiFailures failures,
            Consumer<Runnable> abortable) {
        return tree(send("POST", url, Json.bytes(body), headers, token, failures, abortable));
    }

    private byte[] send(
            String method,
            String url,
            byte[] body,
            Map<String, String> headers,
            @Nullable Secret token,
            ZaiFailures failures,
            Consumer<Runnable> abortable) {
        var request = new UpstreamRequest(
                method, URI.create(url), body, headers, token, "authorization", "Bearer ", connect, SILENCE);
        try (var response = client.send(request, abortable)) {
            return checked(response, failures);
        } catch (IOException | UncheckedIOException unreachable) {
            throw new Refusal(UNREACHABLE);
        }
    }

    private byte[] checked(UpstreamResponse response, ZaiFailures failures) throws IOException {
        byte[] body = response.body().readNBytes(MOST);
        if (response.status() / 100 != 2) {
            throw new Refusal(
                    failures.of(new UpstreamReply(response.status(), response::header, body, clock.instant())));
        }
        return body;
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body, 0, body.length);
        } catch (IOException notJson) {
            throw new Refusal(UNREADABLE);
        }
    }
}
