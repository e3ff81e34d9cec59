package dev.serai.provider.anthropic;

import dev.serai.call.Call;
import dev.serai.protocol.anthropicmessages.AnthropicMessagesSurface;
import dev.serai.provider.Access;
import dev.serai.provider.InStreamErrors;
import dev.serai.provider.MessagesAccess;
import dev.serai.provider.Provider;
import java.net.URI;
import java.time.Clock;

/**
 * Anthropic and whatever speaks its Messages wire, at any base URL. Anthropic itself gets the key in {@code x-api-key}; all
 * others as a bearer token, which is what compatible servers want.
 */
public final class AnthropicProvider implements Provider {

    private static final String HOST = "api.anthropic.com";

    private final Access own;
    private final Access compatible;

    public AnthropicProvider(Clock clock) {
        var failures = new AnthropicFailures();
        var surface = new AnthropicMessagesSurface(new AnthropicDialect(new InStreamErrors(failures, clock)));
        own = new MessagesAccess(surface, failures, "x-api-key", "");
        compatible = new MessagesAccess(surface, failures, "authorization", "Bearer ");
    }

    @Override
    public String kind() {
        return "anthropic";
    }

    @Override
    public Access access(Call call) {
        return at(call.running().candidate().provider().baseUrl());
    }

    /** The way in at a base URL. */
    Access at(String baseUrl) {
        return HOST.equalsIgnoreCase(URI.create(baseUrl).getHost()) ? own : compatible;
    }
}
