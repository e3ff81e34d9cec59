package dev.serai.media;

import dev.serai.call.AnswerStream;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.stream.ByteSink;
import dev.serai.upstream.UpstreamResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An upstream's bytes on their way to a caller: a piece at a time, as fast as the caller reads. */
final class PassedBytes implements AnswerStream {

    private static final int PIECE = 32 * 1024;
    private static final Failure CUT =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.STREAM_BROKEN, "The upstream provider's file broke off.");
    private static final Failure TOO_LARGE =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.UPSTREAM, "The upstream provider's file is too large.");

    private final Call call;
    private final UpstreamResponse response;
    private final long length;
    private final long most;
    private final ByteSink out = new ByteSink(PIECE);
    private final byte[] piece = new byte[PIECE];
    private long passed;

    /**
     * The bytes.
     *
     * @param length as told, -1 where it is not
     * @param most how many are passed on; more is a failure
     */
    PassedBytes(Call call, UpstreamResponse response, long length, long most) {
        this.call = call;
        this.response = response;
        this.length = length;
        this.most = most;
    }

    @Override
    public ByteSink out() {
        return out;
    }

    @Override
    public boolean advance() {
        long start = call.nanos();
        try {
            int count = response.body().read(piece);
            if (count < 0) {
                if (length >= 0 && passed < length) {
                    call.fail(CUT);
                }
                return false;
            }
            passed += count;
            if (passed > most) {
                call.fail(TOO_LARGE);
                return false;
            }
            out.write(piece, 0, count);
            return true;
        } catch (IOException | UncheckedIOException e) {
            var broken = call.broken();
            call.fail(broken != null ? broken : CUT);
            return false;
        } finally {
            call.waited(call.nanos() - start);
        }
    }

    @Override
    public void close() {
        response.discard();
    }
}
