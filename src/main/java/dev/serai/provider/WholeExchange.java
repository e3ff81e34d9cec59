package dev.serai.provider;

import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.upstream.UpstreamExchange;
import dev.serai.upstream.UpstreamRequest;
import dev.serai.upstream.UpstreamResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** One POST within a call's attempt whose answer is read as a whole, for what is no conversation. Thread-safe. */
public final class WholeExchange {

    private static final int MOST = 64 * 1024 * 1024;
    private static final Failure TOO_LARGE =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.UPSTREAM, "The upstream provider's answer is too large.");
    private static final Failure CUT =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.STREAM_BROKEN, "The upstream provider's answer broke off.");

    private final UpstreamExchange upstream;
    private final Duration defaultConnect;
    private final Clock clock;

    public WholeExchange(UpstreamExchange upstream, Duration defaultConnect, Clock clock) {
        this.upstream = upstream;
        this.defaultConnect = defaultConnect;
        this.clock = clock;
    }

    /**
     * What came.
     *
     * @param told what the body is when it is an error in a 200
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Whole(byte[] body, Supplier<Failure> told) {

        public Failure failure() {
            return told.get();
        }
    }

    /**
     * Sends the body with the candidate's credential as a bearer token.
     *
     * @param headers besides the credential and what is wanted; the content type is JSON where they do not say
     * @throws Refusal when the answer is none
     */
    public Whole post(Call call, String url, byte[] body, Map<String, String> headers, Failures failures) {
        var attempt = call.running();
        var response = upstream.send(call, request(call, url, body, headers));
        long start = call.nanos();
        var held = call.memory().scope();
        try {
            byte[] answer = read(call, attempt, response);
            var whole = new Whole(answer, () -> failures.of(reply(response, answer)));
            if (response.status() / 100 != 2) {
                throw new Refusal(whole.failure());
            }
            return whole;
        } catch (Refusal none) {
            held.close();
            throw none;
        } finally {
            response.discard();
            call.waited(call.nanos() - start);
        }
    }

    private UpstreamReply reply(UpstreamResponse response, byte[] answer) {
        byte[] head = answer.length > UpstreamReply.MAX_BODY ? Arrays.copyOf(answer, UpstreamReply.MAX_BODY) : answer;
        return new UpstreamReply(response.status(), response::header, head, clock.instant());
    }

    private UpstreamRequest request(Call call, String url, byte[] body, Map<String, String> headers) {
        var candidate = call.running().candidate();
        var key = candidate.key();
        var sent = new HashMap<>(headers);
        sent.putIfAbsent("content-type", "application/json");
        sent.put("accept", "application/json");
        var connect =
                candidate.provider().timeouts().or(call.entry().timeouts()).connect();
        return new UpstreamRequest(
                URI.create(url),
                body,
                sent,
                key == null ? null : key.secret(),
                "authorization",
                "Bearer ",
                connect == null ? defaultConnect : connect);
    }

    private static long length(UpstreamResponse response) {
        String told = response.header("content-length");
        return told != null && told.matches("[0-9]{1,18}") ? Long.parseLong(told) : -1;
    }

    private static byte[] read(Call call, Attempt attempt, UpstreamResponse response) {
        var body = new HeldBytes(call, length(response), MOST);
        try {
            boolean more = true;
            while (more) {
                attempt.flowing(call.nanos());
                more = body.read(response.body());
            }
            return body.bytes();
        } catch (HeldBytes.TooMany e) {
            throw new Refusal(TOO_LARGE);
        } catch (IOException | UncheckedIOException e) {
            var broken = attempt.broken();
            throw new Refusal(broken != null ? broken : CUT);
        }
    }
}
