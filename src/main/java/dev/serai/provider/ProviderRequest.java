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
        exchange.getMessage().setBody(request(call, attempt, LaneChoice.body(provider, call)));
    }

    private UpstreamRequest request(Call call, Attempt attempt, byte[] body) {
        var candidate = attempt.candidate();
        var key = candidate.key();
        var headers = new HashMap<>(provider.headers());
        headers.put("content-type", "application/json");
        headers.put("accept", call.streaming() ? "text/event-stream" : "application/json");
        var connect =
                candidate.provider().timeouts().or(call.entry().timeouts()).connect();
        return new UpstreamRequest(
                urls.computeIfAbsent(candidate.provider().baseUrl(), base -> URI.create(base + provider.path())),
                body,
                headers,
                key == null ? null : key.secret(),
                "authorization",
                "Bearer ",
                connect == null ? defaultConnect : connect);
    }
}
