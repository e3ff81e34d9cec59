package dev.serai.provider.zaiweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.provider.UpstreamReply;
import dev.serai.upstream.SideExchange;
import dev.serai.upstream.UpstreamRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** Small exchanges beside the calls, such as for a session. They block, for no longer than each says. */
final class SideRequests {

    private static final int MOST = 1024 * 1024;
    private static final Failure UNREACHABLE =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.NETWORK, "The upstream provider cannot be reached.");
    private static final Failure UNREADABLE = Failure.of(
            Kind.UPSTREAM_ERROR, FailureClass.UPSTREAM, "The upstream provider gave an answer that cannot be read.");

    private final SideExchange exchange;
    private final Duration connect;
    private final Clock clock;

    SideRequests(SideExchange exchange, Duration connect, Clock clock) {
        this.exchange = exchange;
        this.connect = connect;
        this.clock = clock;
    }

    /**
     * What is answered, as JSON.
     *
     * @param failures remembers what a refusal was a sign of
     * @param abortable is given what breaks the exchange off
     * @throws Refusal when there is no answer, or it has a bad status, or is no JSON
     */
    JsonNode json(Ask ask, ZaiFailures failures, Consumer<Runnable> abortable) {
        byte[] body = send(ask, failures, abortable).body();
        try {
            return Json.tree(body, 0, body.length);
        } catch (IOException notJson) {
            throw new Refusal(UNREADABLE);
        }
    }

    /**
     * What is answered.
     *
     * @throws Refusal when there is no answer, or it has a bad status
     */
    SideExchange.Reply send(Ask ask, ZaiFailures failures, Consumer<Runnable> abortable) {
        var reply = exchange(ask, abortable);
        if (reply.status() / 100 != 2) {
            throw new Refusal(failures.of(new UpstreamReply(
                    reply.status(), name -> reply.headers().first(name), reply.body(), clock.instant())));
        }
        return reply;
    }

    private SideExchange.Reply exchange(Ask ask, Consumer<Runnable> abortable) {
        var request = new UpstreamRequest(
                ask.method(),
                URI.create(ask.url()),
                ask.body(),
                ask.headers(),
                ask.token(),
                "authorization",
                "Bearer ",
                connect,
                null);
        try {
            return exchange.send(request, ask.within(), MOST, abortable);
        } catch (IOException | RuntimeException unreachable) {
            throw new Refusal(UNREACHABLE);
        }
    }
}
