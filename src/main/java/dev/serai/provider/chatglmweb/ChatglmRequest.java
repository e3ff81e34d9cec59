package dev.serai.provider.chatglmweb;

import dev.serai.account.AccessTokens;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
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

    private static final Failure NO_ACCOUNT =
            Failure.of(Kind.OVERLOADED, FailureClass.KEY_DEAD, "There is no account for chatglm-web.");

    private final AccessTokens tokens;
    private final BrowserHeaders headers;
    private final Uploads uploads;
    private final FrameStyle frames;
    private final Duration defaultConnect;
    private final Clock clock;

    ChatglmRequest(
            AccessTokens tokens,
            BrowserHeaders headers,
            Uploads uploads,
            FrameStyle frames,
            Duration defaultConnect,
            Clock clock) {
        this.tokens = tokens;
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
        var member = attempt.candidate().member();
        if (member == null) {
            throw new Refusal(NO_ACCOUNT);
        }
        long start = call.nanos();
        try {
            begin(exchange, call, turn, member.name());
        } finally {
            call.waited(call.nanos() - start);
        }
    }

    /** An upload, too, may find that the account's token has lapsed. */
    private void begin(Exchange exchange, Call call, Turn turn, String account) {
        var begun = new ChatglmAttempt(call.running(), turn, tokens.of(account));
        try {
            exchange.getMessage().setBody(request(exchange, call, begun));
        } catch (Refusal refused) {
            if (!refused.failure().equals(ChatglmFailures.ACCESS)) {
                throw refused;
            }
            tokens.refused(begun.token());
            begun = new ChatglmAttempt(call.running(), turn, tokens.of(account));
            exchange.getMessage().setBody(request(exchange, call, begun));
        }
        begun.on(exchange);
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
                request -> uploads.applied(request, !turn.continued().isEmpty(), attempt, secret));
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
