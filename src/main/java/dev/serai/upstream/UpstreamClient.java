package dev.serai.upstream;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.MinimalHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Apache HttpClient 5 without anything that acts on its own: no redirects, no retries, no cookies, no decompression, no
 * authentication. Silence is watched by the call's watch, not by socket timeouts. Closes with the application.
 */
public final class UpstreamClient implements Closeable {

    private static final InputStream EMPTY = InputStream.nullInputStream();

    private final PoolingHttpClientConnectionManager connections;
    private final MinimalHttpClient client;

    /** @param maxConnections how many connections may be open at once, to one upstream or to all */
    public UpstreamClient(int maxConnections) {
        connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(maxConnections)
                .setMaxConnPerRoute(maxConnections)
                .build();
        client = HttpClients.createMinimal(connections);
    }

    /**
     * Sends the request and waits for the head of the answer.
     *
     * @param abortable is given what makes the exchange fail at once, from any thread, before anything is sent
     */
    public UpstreamResponse send(UpstreamRequest request, Consumer<Runnable> abortable) throws IOException {
        var sent = message(request);
        abortable.accept(sent::abort);
        var url = request.url();
        var response = client.executeOpen(new HttpHost(url.getScheme(), url.getHost(), url.getPort()), sent, null);
        sent.setEntity(null); // what can abort the exchange must not hold a large body for a whole stream
        return answer(response, sent::abort);
    }

    @SuppressWarnings("deprecation") // the connect timeout differs by provider, so it rides on the request
    private static HttpUriRequestBase message(UpstreamRequest request) {
        var message = new HttpUriRequestBase(request.method(), request.url());
        request.headers().forEach(message::setHeader);
        var credential = request.credential();
        if (credential != null) {
            message.setHeader(request.credentialHeader(), request.credentialPrefix() + credential.reveal());
        }
        var config = RequestConfig.custom()
                .setConnectTimeout(Timeout.of(request.connect()))
                .setConnectionRequestTimeout(Timeout.of(request.connect()));
        var silence = request.silence();
        if (silence != null) {
            config.setResponseTimeout(Timeout.of(silence));
        }
        message.setConfig(config.build());
        if (request.body().length > 0) {
            message.setEntity(new ByteArrayEntity(request.body(), null));
        }
        return message;
    }

    /** @param abort cuts the connection unless the body has been read to its end; closing the response would first drain it */
    static UpstreamResponse answer(ClassicHttpResponse response, Closeable abort) throws IOException {
        var entity = response.getEntity();
        return new UpstreamResponse(
                response.getCode(),
                name -> header(response, name),
                entity == null ? EMPTY : entity.getContent(),
                abort);
    }

    private static @Nullable String header(ClassicHttpResponse response, String name) {
        var header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    @Override
    public void close() throws IOException {
        client.close();
        connections.close();
    }
}
