package dev.serai.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.serai.credential.RestBoard;
import dev.serai.message.Failure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whether a model at an upstream can be called. One for the process; it outlives requests and configurations.
 * Thread-safe.
 *
 * <p>Failed calls open a breaker. A model whose upstream is overloaded rests 5 to 30 s, or as told; one that the upstream
 * does not know rests 10 min. Both rests, unless the upstream told their time, only put it behind all others: with no
 * other to try it is still tried.
 */
public final class ProviderHealth {

    private static final int MOST = 10_000;

    private final LongSupplier nanos;
    private final Clock clock;
    private final RestBoard<ProviderModel> rests;
    private final Cache<ProviderModel, ProviderBreaker> breakers =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    public ProviderHealth(LongSupplier nanos, RandomGenerator random) {
        this.nanos = nanos;
        this.clock = new NanoClock(nanos);
        this.rests = new RestBoard<>(nanos, random);
    }

    /** The right to call a model once; ended by one of the methods of the health it came from. */
    public static final class Ticket {
        private final ProviderModel model;
        private final RestBoard.Pass pass;
        private final ProviderBreaker.Permit permit;

        private Ticket(ProviderModel model, RestBoard.Pass pass, ProviderBreaker.Permit permit) {
            this.model = model;
            this.pass = pass;
            this.permit = permit;
        }
    }

    /**
     * One model at one upstream.
     *
     * @param breaker {@code closed}, {@code open} or {@code half_open}
     * @param left until it may be tried again
     * @param rest why it rests, or null
     */
    public record Row(
            String kind, String baseUrl, String model, String breaker, Duration left, RestBoard.@Nullable Rest rest) {}

    /**
     * The right to call the model now, or null.
     *
     * @param lastResort there is no better candidate: a rest whose time was not told does not count
     */
    public @Nullable Ticket enter(ProviderModel model, boolean lastResort) {
        var pass = rests.admit(model);
        if (pass == null) {
            var rest = lastResort ? rests.rest(model) : null;
            if (rest == null || rest.told()) {
                return null;
            }
            pass = rests.admitAnyway(model);
        }
        var permit = breaker(model).permit();
        if (permit == null) {
            rests.released(pass);
            return null;
        }
        return new Ticket(model, pass, permit);
    }

    /** The first content, or the whole answer, is there. */
    public void succeeded(Ticket ticket) {
        rests.succeeded(ticket.model, ticket.pass);
        ticket.permit.succeeded();
    }

    /** The call failed; refusals of the request or of the credential say nothing about the model. */
    public void failed(Ticket ticket, Failure failure) {
        switch (failure.type()) {
            case OVERLOAD -> {
                rests.failed(ticket.model, ticket.pass, failure);
                ticket.permit.failed();
            }
            case MODEL -> {
                rests.failed(ticket.model, ticket.pass, failure.withRetryAfter(null));
                ticket.permit.released();
            }
            case UPSTREAM, NETWORK, TIMEOUT_FIRST_BYTE, STREAM_BROKEN -> {
                rests.released(ticket.pass);
                ticket.permit.failed();
            }
            default -> abandoned(ticket);
        }
    }

    /** The call ended without a word on the model. */
    public void abandoned(Ticket ticket) {
        rests.released(ticket.pass);
        ticket.permit.released();
    }

    /** How long the model rests still; zero when it may be called. */
    public Duration left(ProviderModel model) {
        var rest = rests.left(model);
        var breaker = breakers.getIfPresent(model);
        var open = breaker == null ? Duration.ZERO : breaker.left();
        return rest.compareTo(open) > 0 ? rest : open;
    }

    /** Every model called so far. */
    public List<Row> view() {
        return breakers.asMap().entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Row row(ProviderModel model, ProviderBreaker breaker) {
        var state = breaker.state().name().toLowerCase(Locale.ROOT);
        return new Row(model.kind(), model.baseUrl(), model.model(), state, left(model), rests.rest(model));
    }

    private ProviderBreaker breaker(ProviderModel model) {
        var known = breakers.getIfPresent(model);
        return known != null ? known : breakers.get(model, absent -> new ProviderBreaker(nanos, clock));
    }
}
