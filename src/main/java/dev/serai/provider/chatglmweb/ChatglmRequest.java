package dev.serai.provider.chatglmweb;

import dev.serai.call.Call;
import dev.serai.provider.Access;
import dev.serai.provider.LaneChoice;
import dev.serai.upstream.UpstreamRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The first step of the provider's route: an account's token, the files of the request, and one turn's body. */
final class ChatglmRequest implements Processor {

    private final SecondTry tries;
    private final BrowserHeaders headers;
    private final Uploads uploads;
    private final FrameStyle frames;
    private final Duration defaultConnect;
    private final Clock clock;

    ChatglmRequest(
            SecondTry tries,
            BrowserHeaders headers,
            Uploads uploads,
            FrameStyle frames,
            Duration defaultConnect,
            Clock clock) {
        this.tries = tries;
        this.headers = headers;
        this.uploads = uploads;
        this.frames = frames;
        this.defaultConnect = defaultConnect;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        var attempt = call.running();
        var turn = Turn.of(call.request(), attempt.target().model());
        long start = call.nanos();
        try {
            tries.of(call, token -> begun(exchange, call, new ChatglmAttempt(attempt, turn, token)))
                    .on(exchange);
        } finally {
            call.waited(call.nanos() - start);
        }
    }

    private ChatglmAttempt begun(Exchange exchange, Call call, ChatglmAttempt attempt) {
        exchange.getMessage().setBody(request(exchange, call, attempt));
        return attempt;
    }

    private UpstreamRequest request(Exchange exchange, Call call, ChatglmAttempt begun) {
        var attempt = begun.attempt();
        var turn = begun.turn();
        var secret = begun.token().value();
        var failures = new ChatglmFailures(turn);
        var surface = new ChatglmSurface(turn, frames, frame -> failures.inStream(frame, clock.instant()));
        byte[] body = LaneChoice.translated(
                surface,
                call,
                request -> uploads.applied(request, !turn.continued().isEmpty(), call, secret));
        var sent = headers.of(secret, turn.model().assistant());
        sent.put("accept", "text/event-stream");
        var access = new ChatglmAccess(surface, failures, sent);
        exchange.setProperty(Access.PROPERTY, access);
        var provider = attempt.candidate().provider();
        var connect = provider.timeouts().or(call.entry().timeouts()).connect();
        return new UpstreamRequest(
                URI.create(access.url(provider.baseUrl(), attempt.target())),
                body,
                sent,
                secret,
                access.credentialHeader(),
                access.credentialPrefix(),
                connect == null ? defaultConnect : connect);
    }
}
