package dev.serai.provider;

import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.protocol.Surface;
import dev.serai.protocol.UpstreamBody;
import dev.serai.routing.config.ModelEntry.Lane;
import dev.serai.upstream.UpstreamRequest;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * The first step of a provider route: picks the lane and makes the {@link UpstreamRequest}. The caller's bytes pass through
 * where the surface speaks the caller's protocol and can take them with a few edits; otherwise the canonical message is
 * encoded.
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
        var body = body(call, attempt);
        report(call, body);
        exchange.getMessage().setBody(request(call, attempt, body.bytes()));
    }

    private UpstreamBody body(Call call, Attempt attempt) {
        String spoken = call.envelope().protocol();
        Surface surface = provider.surface(spoken);
        if (call.entry().lane() == Lane.AUTO && surface.protocol().equals(spoken)) {
            @Nullable UpstreamBody passed = surface.passthrough(call.envelope(), attempt.target());
            if (passed != null) {
                attempt.lane(surface, true);
                return passed;
            }
        }
        attempt.lane(surface, false);
        return surface.encode(call.request(), attempt.target());
    }

    private static void report(Call call, UpstreamBody body) {
        if (body.dropped().isEmpty()) {
            call.headers().remove("x-gateway-dropped");
        } else {
            String names = String.join(",", body.dropped());
            call.header("x-gateway-dropped", names.length() <= 1024 ? names : names.substring(0, 1024));
        }
    }

    private UpstreamRequest request(Call call, Attempt attempt, byte[] body) {
        var candidate = attempt.candidate();
        var key = candidate.key();
        var headers = new HashMap<>(provider.headers());
        headers.put("content-type", "application/json");
        headers.put("accept", call.streaming() ? "text/event-stream" : "application/json");
        var connect = candidate.provider().timeouts().or(call.entry().timeouts()).connect();
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
