package dev.serai.upstream;

import dev.serai.call.Call;
import dev.serai.message.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.MinimalHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;

/**
 * Fetches what a caller's URL names, within the {@link EgressGuard}: no redirects, no cookies, no credentials, no proxy,
 * no decompression; bounded in size, type and time. Closes with the application.
 */
public final class GuardedFetch implements Closeable {

    private static final int MOST_CONNECTIONS = 256;
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final EgressGuard guard;
    private final TimeLimit limit;
    private final MinimalHttpClient client;

    public GuardedFetch(EgressGuard guard, TimeLimit limit) {
        this.guard = guard;
        this.limit = limit;
        this.client = HttpClients.createMinimal(PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(guard)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT))
                        .setSocketTimeout(Timeout.of(CONNECT.multipliedBy(3)))
                        .build())
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(16)
                .build());
    }

    /**
     * What was fetched.
     *
     * @param mediaType in lower case, without parameters
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Fetched(byte[] bytes, String mediaType) {}

    /** Nothing was fetched, for a reason that a caller may know. */
    public static final class NotFetched extends IOException {

        private static final long serialVersionUID = 1L;

        NotFetched(String why) {
            super(why);
        }
    }

    /**
     * Fetches.
     *
     * @param types which media types will do
     * @param most bytes
     * @param within the whole fetch
     * @param abortable is given what makes the fetch fail at once, from any thread
     * @throws NotFetched whose message may be told
     */
    public Fetched get(String url, Predicate<String> types, int most, Duration within, Consumer<Runnable> abortable)
            throws NotFetched {
        return get(url, types, most, within, abortable, GuardedFetch::bytes);
    }

    /**
     * The same for a call, which holds the bytes from before the first one is read.
     *
     * @throws Refusal when the call may not hold so many
     */
    public Fetched get(
            String url, Predicate<String> types, int most, Duration within, Consumer<Runnable> abortable, Call call)
            throws NotFetched {
        return get(url, types, most, within, abortable, (entity, bound) -> held(entity, bound, call));
    }

    /** How a body is read. */
    private interface Reading {
        byte[] read(HttpEntity entity, int most) throws IOException;
    }

    private Fetched get(
            String url,
            Predicate<String> types,
            int most,
            Duration within,
            Consumer<Runnable> abortable,
            Reading reading)
            throws NotFetched {
        try {
            URI uri = guard.check(url);
            var get = new HttpGet(uri);
            get.setHeader("accept-encoding", "identity");
            get.setHeader("user-agent", "serai");
            abortable.accept(get::abort);
            var timer = limit.start(within, get::abort);
            try {
                return fetch(uri, get, types, most, reading);
            } finally {
                timer.close();
                get.abort();
            }
        } catch (NotFetched | Refusal told) {
            throw told;
        } catch (EgressGuard.Refused refused) {
            throw new NotFetched("the URL is refused: " + refused.getMessage());
        } catch (IOException | RuntimeException e) {
            throw new NotFetched("the URL cannot be fetched");
        }
    }

    private Fetched fetch(URI uri, HttpGet get, Predicate<String> types, int most, Reading reading) throws IOException {
        var host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
        var response = client.executeOpen(host, get, null);
        if (response.getCode() != 200) {
            throw new NotFetched("the URL answers with status " + response.getCode());
        }
        String type = mediaType(response);
        if (!types.test(type)) {
            throw new NotFetched("the URL leads to something of another type");
        }
        var entity = response.getEntity();
        if (entity == null || entity.getContentLength() > most) {
            throw new NotFetched(entity == null ? "the URL leads to nothing" : tooLarge(most));
        }
        return new Fetched(reading.read(entity, most), type);
    }

    private static byte[] held(HttpEntity entity, int most, Call call) throws IOException {
        long told = entity.getContentLength();
        long held = told < 0 ? most : told;
        call.memory().hold(held);
        int read = 0;
        try {
            byte[] bytes = bytes(entity, most);
            read = bytes.length;
            return bytes;
        } finally {
            call.memory().letGo(held - read);
        }
    }

    private static byte[] bytes(HttpEntity entity, int most) throws IOException {
        int told = (int) entity.getContentLength();
        if (told >= 0) {
            byte[] bytes = new byte[told];
            if (entity.getContent().readNBytes(bytes, 0, told) < told) {
                throw new IOException("the body ended before its length");
            }
            return bytes;
        }
        byte[] bytes = entity.getContent().readNBytes(most + 1);
        if (bytes.length > most) {
            throw new NotFetched(tooLarge(most));
        }
        return bytes;
    }

    private static String tooLarge(int most) {
        return "the URL leads to more than " + most + " bytes";
    }

    private static String mediaType(ClassicHttpResponse response) {
        var header = response.getFirstHeader("content-type");
        String type = header == null || header.getValue() == null ? "" : header.getValue();
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
