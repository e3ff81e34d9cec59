package dev.serai.upstream;

import dev.serai.stream.ByteSink;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Short exchanges with an upstream beside an answer, such as for tokens: bounded in size and time. Thread-safe. */
public final class SideExchange {

    private static final int PIECE = 8 * 1024;

    private final UpstreamClient client;
    private final TimeLimit limit;

    public SideExchange(UpstreamClient client, TimeLimit limit) {
        this.client = client;
        this.limit = limit;
    }

    /** A whole answer. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Reply(int status, UpstreamResponse.Headers headers, byte[] body) {}

    /**
     * Sends a request and reads its answer; what is longer than {@code most} is cut.
     *
     * @param within the whole exchange
     * @param abortable is given what makes the exchange fail at once, from any thread
     */
    public Reply send(UpstreamRequest request, Duration within, int most, Consumer<Runnable> abortable)
            throws IOException {
        var abort = new Abort();
        var timer = limit.start(within, abort);
        try {
            var response = client.send(request, how -> {
                abort.by(how);
                abortable.accept(how);
            });
            try {
                return read(response, most);
            } finally {
                response.discard();
            }
        } finally {
            timer.close();
        }
    }

    private static Reply read(UpstreamResponse response, int most) throws IOException {
        var body = new ByteSink(PIECE);
        byte[] piece = new byte[PIECE];
        int count = response.body().read(piece);
        while (count >= 0 && body.size() < most) {
            body.write(piece, 0, Math.min(count, most - body.size()));
            count = response.body().read(piece);
        }
        return new Reply(response.status(), response::header, body.toByteArray());
    }

    /** Aborts what is under way, also when it is known only later. */
    private static final class Abort implements Runnable {

        private Runnable how = () -> {};
        private boolean due;

        synchronized void by(Runnable how) {
            this.how = how;
            if (due) {
                how.run();
            }
        }

        @Override
        public synchronized void run() {
            due = true;
            how.run();
        }
    }
}
