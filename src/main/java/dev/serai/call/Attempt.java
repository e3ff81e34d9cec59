package dev.serai.call;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.protocol.ToolDisguise;
import dev.serai.routing.Candidate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One try of a call on one candidate. The call's thread drives it; the watch may break it off from its own thread, which
 * makes the blocked read or write of the call's thread fail.
 */
public final class Attempt {

    private static final Failure LATE =
            Failure.of(Kind.TIMEOUT, FailureClass.TIMEOUT_FIRST_BYTE, "The upstream provider did not answer in time.");
    private static final Failure SILENT =
            Failure.of(Kind.TIMEOUT, FailureClass.STREAM_BROKEN, "The upstream provider stopped sending.");
    /** Why an attempt ends when its caller has left. */
    public static final Failure CLIENT_LEFT =
            Failure.of(Kind.CLIENT_CLOSED, FailureClass.CLIENT_GONE, "The caller left.");

    static final Failure OVERDUE = Failure.of(Kind.TIMEOUT, FailureClass.GATEWAY, "The call took longer than it may.");
    private static final Duration LAST_READ = Duration.ofSeconds(1);
    private static final Duration UNLIMITED = Duration.ofDays(365);

    private final Candidate candidate;
    private final Target target;
    private final Duration firstByte;
    private final Duration idle;
    private final AtomicReference<@Nullable Failure> broken = new AtomicReference<>();
    private volatile @Nullable Runnable abort;
    private volatile long limitNanos;
    private volatile Failure limitFailure = LATE;

    private @Nullable Surface surface;
    private boolean passthrough;
    private volatile boolean committed;
    private ToolDisguise disguise = ToolDisguise.none();
    private @Nullable Consumer<@Nullable Failure> settlement;
    private Runnable leave = () -> {};

    /**
     * @param firstByte until the first content of a stream, or the status line of a whole answer
     * @param idle between two bytes after that
     */
    public Attempt(Candidate candidate, Target target, Duration firstByte, Duration idle) {
        this.candidate = candidate;
        this.target = target;
        this.firstByte = firstByte;
        this.idle = idle;
    }

    public Candidate candidate() {
        return candidate;
    }

    public Target target() {
        return target;
    }

    /** The surface in use, and whether the caller's bytes pass through it. */
    public void lane(Surface surface, boolean passthrough) {
        this.surface = surface;
        this.passthrough = passthrough;
    }

    public Surface surface() {
        if (surface == null) {
            throw new IllegalStateException("no request has been made yet");
        }
        return surface;
    }

    public boolean passthrough() {
        return passthrough;
    }

    /** How the request's tools were changed for this upstream, to be undone in its answer. */
    public void disguise(ToolDisguise disguise) {
        this.disguise = disguise;
    }

    public ToolDisguise disguise() {
        return disguise;
    }

    /** Who is told how the attempt ended: null for well, else why not. */
    public void onSettle(Consumer<@Nullable Failure> settlement) {
        this.settlement = settlement;
    }

    /** The attempt is over; only the first word counts. */
    public void settle(@Nullable Failure failure) {
        var told = settlement;
        settlement = null;
        if (told != null) {
            told.accept(failure);
        }
    }

    /** How its place at the upstream is given back. */
    public void onLeave(Runnable leave) {
        this.leave = leave;
    }

    /** Nothing more is wanted of the upstream, though the call goes on: others may have its place there. */
    public void leave() {
        leave.run();
    }

    /** The attempt begins: its first content must come within its first-byte time. */
    void begin(long nowNanos) {
        limitFailure = LATE;
        limitNanos = nowNanos + firstByte.toNanos();
    }

    /** Another request of the same attempt: its answer has a first-byte time of its own. */
    public void again(long nowNanos) {
        begin(nowNanos);
    }

    /** The answer has begun, and bytes have come: the next ones must come within the idle time. */
    public void flowing(long nowNanos) {
        limitNanos = nowNanos + idle.toNanos();
        limitFailure = SILENT;
    }

    /** Nothing is awaited from the upstream: it is the caller who takes its time. */
    public void resting(long nowNanos) {
        limitNanos = nowNanos + UNLIMITED.toNanos();
    }

    /** The answer is whole; only the end of its connection is still awaited, for a moment. */
    public void closing(long nowNanos) {
        limitNanos = nowNanos + LAST_READ.toNanos();
    }

    /** Whether its upstream may do what it was asked, whatever its answer: then nobody is asked for the same after it. */
    public void committed(boolean committed) {
        this.committed = committed;
    }

    public boolean committed() {
        return committed;
    }

    /** How to make a blocked read fail; run at once when the attempt is broken off already. */
    public void onBreak(Runnable abort) {
        this.abort = abort;
        if (broken.get() != null) {
            abort.run();
        }
    }

    /** Breaks the attempt off; the first reason counts. */
    public void breakOff(Failure reason) {
        if (broken.compareAndSet(null, reason)) {
            var now = abort;
            if (now != null) {
                now.run();
            }
        }
    }

    /** Why it was broken off, or null. */
    public @Nullable Failure broken() {
        return broken.get();
    }

    /** Breaks the attempt off when its time, or the call's, is over; the call's own limit is not the upstream's fault. */
    void check(long nowNanos, long deadlineNanos) {
        if (nowNanos - deadlineNanos > 0) {
            breakOff(OVERDUE);
        } else if (nowNanos - limitNanos > 0) {
            breakOff(limitFailure);
        }
    }
}
