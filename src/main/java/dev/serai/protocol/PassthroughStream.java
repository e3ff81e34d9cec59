package dev.serai.protocol;

import dev.serai.message.Failure;
import dev.serai.message.Finish;
import dev.serai.message.Usage;
import dev.serai.stream.ByteSink;
import org.jspecify.annotations.Nullable;

/**
 * The tap on a stream that passes through: events go on byte for byte but for the model's name, and what the gateway
 * must know is read on the way. One per answer, one thread at a time.
 */
public interface PassthroughStream {

    /**
     * One server-sent event as it came.
     *
     * @param bytes holds the whole event, blank line included, at {@code [from, to)} and its data at
     *     {@code [dataFrom, dataTo)}; valid during this call only
     * @param out gets what the caller is to see; may get nothing
     * @return the failure that the event tells or is (an error inside the stream, data that is not JSON), else null;
     *     nothing of such an event is appended
     */
    @Nullable
    Failure event(byte[] bytes, int from, int to, int dataFrom, int dataTo, ByteSink out);

    /** The source ended without an I/O error: appends what is missing, or says why the answer is not whole. */
    @Nullable
    Failure end(ByteSink out);

    /** The answer broke: appends the event that this protocol's clients fail on. Nothing may follow it. */
    void fail(Failure failure, ByteSink out);

    /** Whether content has been seen: from then on there is no failover. */
    boolean contentSeen();

    /** The answer is whole: its sentinel was seen. */
    boolean complete();

    /**
     * Whether the answer is whole although its source may go on: the wire has no sentinel, and what ends an answer has been
     * seen. A source that breaks from then on has merely ended.
     */
    default boolean mayBreakOff() {
        return false;
    }

    @Nullable
    Usage usage();

    @Nullable
    Finish finish();

    /** About how many tokens of text, reasoning and arguments have been seen, for where usage is missing. */
    long outputTokens();
}
