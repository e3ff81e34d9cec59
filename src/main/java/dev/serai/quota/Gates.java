package dev.serai.quota;

import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets two calls of a key at a time ask the ledger, so that the waiting for its row does not take all connections. */
final class Gates {

    private static final int GATES = 256;
    private static final int AT_A_TIME = 2;
    private static final long PATIENCE_MILLIS = 500;

    private final Gate[] gates = new Gate[GATES];

    Gates() {
        for (int i = 0; i < GATES; i++) {
            gates[i] = new Gate();
        }
    }

    Gate of(UUID key) {
        return gates[Math.floorMod(key.hashCode(), GATES)];
    }

    /** One gate; keys that share one by chance wait for each other. */
    static final class Gate {

        private final Semaphore free = new Semaphore(AT_A_TIME, true);

        /** Waits for half a second at most. @return whether it may be passed; then it must be left */
        boolean enter() {
            try {
                return free.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        void leave() {
            free.release();
        }
    }
}
