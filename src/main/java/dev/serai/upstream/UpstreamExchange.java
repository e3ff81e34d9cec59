package dev.serai.upstream;

import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exchanges with an upstream on a call's own thread, under its attempt's time, and broken off with it. */
public final class UpstreamExchange {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamExchange.class);
    private static final Failure UNREACHABLE =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.NETWORK, "The upstream provider cannot be reached.");

    private final UpstreamClient client;

    public UpstreamExchange(UpstreamClient client) {
        this.client = client;
    }

    /**
     * Sends a request of the attempt under way and waits for the head of the answer; whoever takes it closes it.
     *
     * @throws Refusal when there is no answer
     */
    public UpstreamResponse send(Call call, UpstreamRequest request) {
        var attempt = call.running();
        long start = call.nanos();
        try {
            return client.send(request, attempt::onBreak);
        } catch (IOException | RuntimeException e) {
            var broken = attempt.broken();
            if (unsent(e)) {
                attempt.committed(false);
            }
            if (broken == null) {
                LOG.info(
                        "Upstream {} cannot be reached: {}",
                        attempt.candidate().provider().kind(),
                        e.toString());
            }
            throw new Refusal(broken != null ? broken : UNREACHABLE);
        } finally {
            call.waited(call.nanos() - start);
        }
    }

    /** Whether an exchange has failed before anything of its request was sent. */
    public static boolean unsent(Exception failure) {
        return failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof ConnectTimeoutException
                || failure instanceof ConnectionRequestTimeoutException;
    }
}
