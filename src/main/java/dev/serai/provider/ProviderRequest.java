package dev.serai.provider;

import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.upstream.UpstreamRequest;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The first step of a provider route: picks the lane and makes the {@link UpstreamRequest}.
 */
public final class ProviderRequest implements Processor {

    private final Provider provider;
    private final Duration defaultConnect;
    private final Map<String, URI> urls = new ConcurrentHashMap<>();

    public ProviderRequest(Provider provider, Duration defaultConnect) {
        this.provider = provider;
        this.defaultConnect = defaultConnect;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        var attempt = call.running();
        var access = provider.access(call);
        exchange.setProperty(Access.PROPERTY, access);
        exchange.getMessage().setBody(request(call, attempt, access, LaneChoice.body(access.surface(), call)));
    }

    private UpstreamRequest request(Call call, Attempt attempt, Access access, byte[] body) {
        var candidate = attempt.candidate();
        var key = candidate.key();
        var headers = new HashMap<>(access.headers(call.envelope(), attempt.passthrough()));
        headers.put("content-type", "application/json");
        headers.put("accept", call.streaming() ? "text/event-stream" : "application/json");
        var connect =
                candidate.provider().timeouts().or(call.entry().timeouts()).connect();
        return new UpstreamRequest(
                urls.computeIfAbsent(access.url(candidate.provider().baseUrl(), attempt.target()), URI::create),
                body,
                headers,
                key == null ? null : key.secret(),
                access.credentialHeader(),
                access.credentialPrefix(),
                connect == null ? defaultConnect : connect);
    }
}
