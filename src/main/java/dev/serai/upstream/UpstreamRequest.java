package dev.serai.upstream;

import dev.serai.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One POST to an upstream: the body of the message that enters {@code upstream:}.
 *
 * @param url made of the operator's configuration only
 * @param headers made by the provider; never the caller's
 * @param credential put into the credential header by the client, or null where none is needed
 * @param credentialHeader the header's name, such as {@code authorization}
 * @param credentialPrefix what stands before the credential, such as {@code "Bearer "}
 * @param connect how long connecting may take
 */
public record UpstreamRequest(
        URI url,
        byte[] body,
        Map<String, String> headers,
        @Nullable Secret credential,
        String credentialHeader,
        String credentialPrefix,
        Duration connect) {}
