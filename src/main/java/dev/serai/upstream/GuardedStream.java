package dev.serai.upstream;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.MinimalHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;

/**
 * Opens what an upstream's link leads to, within the {@link EgressGuard}, to be read while it comes: no redirects, no
 * cookies, no credentials, no proxy, no decompression. Closes with the application.
 */
public final class GuardedStream implements Closeable {

    private static final int MOST_CONNECTIONS = 1024;
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final EgressGuard guard;
    private final MinimalHttpClient client;

    public GuardedStream(EgressGuard guard) {
        this.guard = guard;
        this.client = HttpClients.createMinimal(PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(guard)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT))
                        .setSocketTimeout(Timeout.of(SILENCE))
                        .build())
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .build());
    }

    /**
     * Opens the link; whoever takes the answer closes it.
     *
     * @param abortable is given what makes the opening, or the answer, fail at once, from any thread
     * @throws EgressGuard.Refused when callers may not reach what it leads to
     * @throws IOException when nobody answers
     */
    public UpstreamResponse open(String url, Consumer<Runnable> abortable) throws IOException {
        var uri = guard.check(url);
        var get = new HttpGet(uri);
        get.setHeader("accept-encoding", "identity");
        get.setHeader("user-agent", "serai");
        get.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(CONNECT))
                .build());
        abortable.accept(get::abort);
        var response = client.executeOpen(new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort()), get, null);
        return UpstreamClient.answer(response, get::abort);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
