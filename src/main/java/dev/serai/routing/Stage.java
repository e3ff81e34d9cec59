package dev.serai.routing;

import dev.serai.credential.CredentialBoard;
import dev.serai.credential.CredentialUse;
import dev.serai.credential.KeyRotation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far one call has come with one provider: whose turn it is among its keys, and whether it is out or last. */
final class Stage {

    /** When a provider is asked. */
    enum Rank {
        /** It has done nothing wrong. */
        HEALTHY,
        /** It rests, but only by the gateway's own guess. */
        RESTING,
        /** It failed in this very call. */
        FAILED
    }

    private final PlannedProvider provider;
    private KeyRotation.@Nullable Turn turn;
    private int key;
    private boolean failed;
    private boolean out;

    Stage(PlannedProvider provider) {
        this.provider = provider;
    }

    PlannedProvider provider() {
        return provider;
    }

    boolean mayTry(Rank rank) {
        return !out && (failed == (rank == Rank.FAILED)) && (turn == null || turn.hasNext());
    }

    /** The next key that does not rest and was not tried. */
    CredentialBoard.@Nullable Lease nextKey(CredentialBoard board, String affinity, Set<CredentialUse> tried) {
        if (turn == null) {
            turn = provider.rotation().turn(affinity);
        }
        while (turn.hasNext()) {
            key = turn.next();
            var use = provider.uses().get(key);
            var lease = tried.contains(use) ? null : board.take(use);
            if (lease != null) {
                return lease;
            }
        }
        return null;
    }

    /** The use that was handed out last. */
    CredentialUse use() {
        return provider.uses().get(key);
    }

    Candidate candidate() {
        return provider.candidate(key);
    }

    /** Its other keys come last. */
    void last() {
        failed = true;
    }

    /** No key of it can help. */
    void out() {
        out = true;
    }
}
