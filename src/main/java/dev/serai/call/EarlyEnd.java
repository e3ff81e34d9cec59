package dev.serai.call;

import dev.serai.message.Failure;
import org.jspecify.annotations.Nullable;

/** Why a call ends before its answer is whole, and what runs beside its attempts until then. Thread-safe. */
final class EarlyEnd {

    private volatile boolean clientGone;
    private volatile @Nullable Failure stopped;
    private volatile boolean overdue;
    private volatile @Nullable Runnable abort;

    void clientLeft() {
        clientGone = true;
    }

    boolean clientGone() {
        return clientGone;
    }

    void stop(Failure reason) {
        stopped = reason;
    }

    /** The call's time is over, which ends what runs beside its attempts; those have a clock of their own. */
    void overdue() {
        if (abort != null && !overdue) {
            overdue = true;
            abort();
        }
    }

    /** Why no further attempt may begin, or null. */
    @Nullable
    Failure stopped() {
        return clientGone ? Attempt.CLIENT_LEFT : stopped;
    }

    /** Why what runs beside the attempts was broken off, or null. */
    @Nullable
    Failure broken() {
        var reason = stopped();
        return reason == null && overdue ? Attempt.OVERDUE : reason;
    }

    /** How to break that off; run at once when there is a reason already. */
    void onBreak(Runnable how) {
        abort = how;
        if (broken() != null) {
            how.run();
        }
    }

    void abort() {
        var now = abort;
        if (now != null) {
            now.run();
        }
    }
}
