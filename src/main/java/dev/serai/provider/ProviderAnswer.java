package dev.serai.provider;

import dev.serai.call.Answer;
import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.stream.ByteSink;
import dev.serai.upstream.UpstreamResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The last step of a provider route: turns the {@link UpstreamResponse} into the call's answer, or throws the
 * {@link Refusal} that failover decides on. A stream is read until its first content, so that everything before it can
 * still be tried elsewhere.
 */
public final class ProviderAnswer implements Processor {

    private static final int MAX_WHOLE = 64 * 1024 * 1024;
    private static final int PIECE = 8 * 1024;
    private static final Failure TOO_LARGE =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.UPSTREAM, "The upstream provider's answer is too large.");
    private static final Failure CUT =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.STREAM_BROKEN, "The upstream provider's answer broke off.");

    private final String kind;
    private final WholeAnswers whole;
    private final Clock clock;

    public ProviderAnswer(Provider provider, WholeAnswers whole, Clock clock) {
        this(provider.kind(), whole, clock);
    }

    /** @param kind as ROUTES_CONFIG names it */
    public ProviderAnswer(String kind, WholeAnswers whole, Clock clock) {
        this.kind = kind;
        this.whole = whole;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        if (!(exchange.getMessage().getBody() instanceof UpstreamResponse response)) {
            throw new IllegalStateException("the route provider." + kind + " brought no UpstreamResponse");
        }
        var attempt = call.running();
        long start = call.nanos();
        try {
            call.answer(answer(call, attempt, Access.of(exchange).failures(), response));
        } catch (RuntimeException failed) {
            response.discard();
            throw failed;
        } finally {
            call.waited(call.nanos() - start);
        }
    }

    private Answer answer(Call call, Attempt attempt, Failures failures, UpstreamResponse response) {
        if (response.status() / 100 != 2) {
            byte[] body = read(attempt, response, UpstreamReply.MAX_BODY);
            throw new Refusal(classify(failures, response, body));
        }
        boolean events = response.mediaType().equals("text/event-stream");
        var collector = events && !call.streaming() ? attempt.surface().wholeDecoder(attempt.target()) : null;
        if (collector != null) {
            return whole.answer(call, attempt, new CollectedAnswer(call, attempt, response).read(collector));
        }
        if (events && call.streaming()) {
            var lane = attempt.passthrough()
                    ? new PassthroughLane(call, attempt, response)
                    : new TranslatedLane(call, attempt, response);
            lane.open();
            return new Answer.Streamed(call.streamType(), lane);
        }
        return wholeAnswer(call, attempt, failures, response);
    }

    private Answer wholeAnswer(Call call, Attempt attempt, Failures failures, UpstreamResponse response) {
        byte[] body = readFlowing(call, attempt, response);
        if (body.length > MAX_WHOLE) {
            throw new Refusal(TOO_LARGE);
        }
        if (!response.mediaType().endsWith("json") && !looksLikeJson(body)) {
            throw new Refusal(classify(failures, response, body));
        }
        return whole.answer(call, attempt, body, () -> classify(failures, response, body));
    }

    private Failure classify(Failures failures, UpstreamResponse response, byte[] body) {
        byte[] head = body.length > UpstreamReply.MAX_BODY ? Arrays.copyOf(body, UpstreamReply.MAX_BODY) : body;
        return failures.of(new UpstreamReply(response.status(), response::header, head, clock.instant()));
    }

    private static boolean looksLikeJson(byte[] body) {
        for (byte b : body) {
            if (b > ' ') {
                return b == '{';
            }
        }
        return false;
    }

    /** Any byte starts the idle time anew: some upstreams send white space while the model thinks. */
    private static byte[] readFlowing(Call call, Attempt attempt, UpstreamResponse response) {
        var body = new ByteSink(PIECE);
        byte[] piece = new byte[PIECE];
        try (response) {
            int count = 0;
            while (count >= 0 && body.size() <= MAX_WHOLE) {
                body.write(piece, 0, count);
                attempt.flowing(call.nanos());
                count = response.body().read(piece);
            }
            return body.toByteArray();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new Refusal(broken(attempt));
        }
    }

    private static byte[] read(Attempt attempt, UpstreamResponse response, int limit) {
        try (response) {
            return response.body().readNBytes(limit);
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new Refusal(broken(attempt));
        }
    }

    private static Failure broken(Attempt attempt) {
        var broken = attempt.broken();
        return broken != null ? broken : CUT;
    }
}
