package dev.serai.tokens;

import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.protocol.Target;
import dev.serai.provider.Access;
import dev.serai.provider.Providers;
import dev.serai.routing.Candidate;
import dev.serai.routing.FailoverState;
import dev.serai.routing.Walk;
import dev.serai.upstream.UpstreamClient;
import dev.serai.upstream.UpstreamRequest;
import dev.serai.upstream.UpstreamTimeouts;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The count of the provider that would be asked first, where it counts in the caller's protocol. One attempt, of a bounded
 * time; nothing is said about the provider's health, whatever comes of it.
 */
final class ProviderCount {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderCount.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MAX_ANSWER = 64 * 1024;

    private final FailoverState state;
    private final Providers providers;
    private final UpstreamClient client;
    private final UpstreamTimeouts timeouts;

    ProviderCount(FailoverState state, Providers providers, UpstreamClient client, UpstreamTimeouts timeouts) {
        this.state = state;
        this.providers = providers;
        this.client = client;
        this.timeouts = timeouts;
    }

    /** The provider's own answer; empty where it does not count, or did not now. */
    Optional<byte[]> ask(Call call, CountShape shape) {
        var plan = state.plans().plan(call.entry());
        try (var walk = new Walk(state, plan, call.envelope().affinity(), call.deadlineNanos(), true)) {
            var candidate = walk.next();
            if (candidate == null) {
                return Optional.empty();
            }
            try {
                return ask(call, candidate).filter(shape::is);
            } finally {
                walk.abandoned(candidate);
            }
        }
    }

    private Optional<byte[]> ask(Call call, Candidate candidate) {
        var provider = providers.of(candidate.provider().kind());
        if (provider == null) {
            return Optional.empty();
        }
        var attempt = new Attempt(candidate, target(call, candidate), PATIENCE, PATIENCE);
        call.begin(attempt);
        var access = provider.access(call);
        String url = access.surface().protocol().equals(call.envelope().protocol())
                ? access.countUrl(candidate.provider().baseUrl(), attempt.target())
                : null;
        if (url == null) {
            return Optional.empty();
        }
        attempt.lane(access.surface(), true);
        return answer(call, attempt, request(call, attempt, access, url));
    }

    private UpstreamRequest request(Call call, Attempt attempt, Access access, String url) {
        var candidate = attempt.candidate();
        var key = candidate.key();
        var headers = new HashMap<>(access.headers(call.envelope(), true));
        headers.put("content-type", "application/json");
        headers.put("accept", "application/json");
        var connect =
                candidate.provider().timeouts().or(call.entry().timeouts()).connect();
        return new UpstreamRequest(
                URI.create(url),
                access.countBody(call.envelope(), attempt.target()),
                headers,
                key == null ? null : key.secret(),
                access.credentialHeader(),
                access.credentialPrefix(),
                connect == null ? timeouts.connect() : connect);
    }

    private Optional<byte[]> answer(Call call, Attempt attempt, UpstreamRequest request) {
        long start = call.nanos();
        try {
            var response = client.send(request, attempt::onBreak);
            try {
                byte[] body = response.body().readNBytes(MAX_ANSWER);
                if (response.status() / 100 == 2) {
                    return Optional.of(body);
                }
                LOG.info("Call {}: the provider did not count, status {}", call.id(), response.status());
            } finally {
                response.discard();
            }
        } catch (IOException | RuntimeException e) {
            LOG.info("Call {}: the provider did not count: {}", call.id(), e.toString());
        } finally {
            call.waited(call.nanos() - start);
        }
        return Optional.empty();
    }

    private static Target target(Call call, Candidate candidate) {
        var provider = candidate.provider();
        return new Target(
                provider.model(),
                false,
                call.entry().prompt(),
                provider.customParams(),
                provider.maxOutputTokens(),
                call.entry().refuseLosses());
    }
}
