package dev.serai.dispatch;

import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.protocol.Target;
import dev.serai.routing.Candidate;
import dev.serai.routing.Walk;
import dev.serai.routing.config.Timeouts;
import dev.serai.upstream.UpstreamTimeouts;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Endpoint;
import org.apache.camel.EndpointAware;
import org.apache.camel.Exchange;
import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.processor.loadbalancer.LoadBalancerSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Camel load balancer of the route {@code dispatch}: tries a call's candidates, one after the other, on the provider
 * routes that the route lists, until one gives its first content. Which candidate is next, and whether there is one, is
 * the {@link Walk}'s to say.
 */
public final class FailoverLoadBalancer extends LoadBalancerSupport {

    private static final Logger LOG = LoggerFactory.getLogger(FailoverLoadBalancer.class);
    private static final Failure BUG = Failure.of(Kind.INTERNAL, FailureClass.UPSTREAM, "Internal error.");

    private final Walks walks;
    private final UpstreamTimeouts timeouts;
    private final String prefix;
    private final Failure unserved;
    private final Map<String, AsyncProcessor> routes = new HashMap<>();

    /**
     * A balancer over the routes of one purpose.
     *
     * @param purpose what stands before the provider's kind in the names of its routes, such as {@code provider}
     * @param unserved why a provider without such a route is passed over
     */
    FailoverLoadBalancer(Walks walks, UpstreamTimeouts timeouts, String purpose, Failure unserved) {
        this.walks = walks;
        this.timeouts = timeouts;
        this.prefix = "direct://" + purpose + ".";
        this.unserved = unserved;
    }

    @Override
    public void addProcessor(AsyncProcessor processor) {
        super.addProcessor(processor);
        var endpoint = endpoint(processor);
        if (endpoint == null || !endpoint.getEndpointUri().startsWith(prefix)) {
            throw new IllegalArgumentException("only routes " + prefix + "<kind> may be listed here");
        }
        routes.put(endpoint.getEndpointUri().substring(prefix.length()), processor);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            dispatch(exchange);
        } catch (RuntimeException refused) {
            exchange.setException(refused);
        }
        callback.done(true);
        return true;
    }

    private void dispatch(Exchange exchange) {
        var call = Call.of(exchange);
        call.deadline(total(call));
        var walk = walks.of(call);
        for (var candidate = walk.next(); candidate != null; candidate = walk.next()) {
            var failure = attempt(exchange, call, walk, candidate);
            if (failure == null) {
                return;
            }
            if (call.stopped() != null) {
                walk.abandoned(candidate);
                throw new Refusal(failure);
            }
            walk.failed(candidate, failure);
            if (failure.type() == FailureClass.REASONING) {
                call.forgetReasoning();
            }
            LOG.info(
                    "Call {} failed at {}/{}: {}",
                    call.id(),
                    candidate.provider().kind(),
                    candidate.provider().model(),
                    failure.type());
            if (call.running().committed()) {
                break;
            }
        }
        call.header("x-gateway-attempts", String.valueOf(call.attempts()));
        throw new Refusal(walk.verdict());
    }

    /** An answer that breaks after it has begun is told to the walk as well. @return null when the candidate has answered */
    private @Nullable Failure attempt(Exchange exchange, Call call, Walk walk, Candidate candidate) {
        var attempt =
                new Attempt(candidate, target(call, candidate), firstByte(call, candidate), idle(call, candidate));
        call.begin(attempt);
        exchange.getMessage().setBody(null);
        attempt.onSettle(failure -> {
            if (failure != null && failure.type() != FailureClass.CLIENT_GONE) {
                walk.failed(candidate, failure);
            }
        });
        attempt.onLeave(walk::close);
        var route = routes.get(candidate.provider().kind());
        var failure = route == null ? unserved : run(route, exchange);
        if (failure == null) {
            walk.succeeded(candidate);
            call.header("x-gateway-provider", candidate.provider().kind());
            call.header("x-gateway-model", candidate.provider().model());
            call.header("x-gateway-attempts", String.valueOf(call.attempts()));
        }
        return failure;
    }

    private static @Nullable Failure run(AsyncProcessor route, Exchange exchange) {
        try {
            route.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        var thrown = exchange.getException();
        exchange.setException(null);
        if (thrown == null) {
            return null;
        }
        if (thrown instanceof Refusal refusal) {
            return refusal.failure();
        }
        LOG.error("Call {} failed on its provider route", Call.of(exchange).id(), thrown);
        return BUG;
    }

    private static Target target(Call call, Candidate candidate) {
        var provider = candidate.provider();
        var limit = provider.maxOutputTokens() != null
                ? provider.maxOutputTokens()
                : call.entry().maxOutputTokens();
        return new Target(
                provider.model(),
                call.streaming(),
                call.entry().prompt(),
                provider.customParams(),
                limit,
                call.entry().refuseLosses());
    }

    private Duration total(Call call) {
        var told =
                call.entry().timeouts().or(timeouts.defaults(call.streaming())).total();
        var total = told == null ? timeouts.total() : told;
        var asked = AskedTimeout.of(call.client());
        return asked != null && asked.compareTo(total) < 0 ? asked : total;
    }

    private Duration firstByte(Call call, Candidate candidate) {
        var told = timeouts(call, candidate).firstByte();
        return told == null ? timeouts.firstByteStream() : told;
    }

    private Duration idle(Call call, Candidate candidate) {
        var told = timeouts(call, candidate).idle();
        return told == null ? timeouts.idle() : told;
    }

    private Timeouts timeouts(Call call, Candidate candidate) {
        return candidate.provider().timeouts().or(call.entry().timeouts()).or(timeouts.defaults(call.streaming()));
    }

    private static @Nullable Endpoint endpoint(Processor processor) {
        if (processor instanceof EndpointAware aware) {
            return aware.getEndpoint();
        }
        if (processor instanceof Navigate<?> navigate && navigate.hasNext()) {
            for (var next : navigate.next()) {
                if (next instanceof Processor inner) {
                    return endpoint(inner);
                }
            }
        }
        return null;
    }
}
