package dev.serai.upstream;

import dev.serai.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to an upstream: the body of the message that enters {@code upstream:}.
 *
 * @param method such as {@code POST}
 * @param url made of the operator's configuration, and of what a provider's wire wants in a query; never a secret
 * @param body empty for none
 * @param headers made by the provider; never the caller's
 * @param credential put into the credential header by the client, or null where none is needed
 * @param credentialHeader the header's name, such as {@code authorization}
 * @param credentialPrefix what stands before the credential, such as {@code "Bearer "}
 * @param connect how long connecting may take
 * @param silence how long nothing may come, where no call's watch looks after the exchange; null where one does
 */
public record UpstreamRequest(
        String method,
        URI url,
        byte[] body,
        Map<String, String> headers,
        @Nullable Secret credential,
        String credentialHeader,
        String credentialPrefix,
        Duration connect,
        @Nullable Duration silence) {

    /** A POST that a call's watch looks after. */
    public UpstreamRequest(
            URI url,
            byte[] body,
            Map<String, String> headers,
            @Nullable Secret credential,
            String credentialHeader,
            String credentialPrefix,
            Duration connect) {
        this("POST", url, body, headers, credential, credentialHeader, credentialPrefix, connect, null);
    }
}
