package dev.serai.routing;

import dev.serai.credential.CredentialBoard;
import dev.serai.credential.CredentialUse;
import dev.serai.credential.KeyRotation;
import dev.serai.credential.PoolMember;
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
    private final @Nullable String only;
    private @Nullable KeyRing ring;
    private KeyRotation.@Nullable Turn turn;
    private int key;
    private boolean failed;
    private boolean out;

    /** @param only the member of the provider's pool that the call must go to, or null */
    Stage(PlannedProvider provider, @Nullable String only) {
        this.provider = provider;
        this.only = only;
    }

    PlannedProvider provider() {
        return provider;
    }

    boolean mayTry(Rank rank) {
        return !out && (failed == (rank == Rank.FAILED)) && (turn == null || turn.hasNext());
    }

    /** The next key that does not rest and was not tried. */
    CredentialBoard.@Nullable Lease nextKey(CredentialBoard board, String affinity, Set<CredentialUse> tried) {
        var keys = ring();
        if (turn == null) {
            turn = keys.rotation().turn(affinity);
        }
        while (turn.hasNext()) {
            key = turn.next();
            var use = keys.uses().get(key);
            var lease = tried.contains(use) || !isMeant(keys.member(key)) ? null : board.take(use);
            if (lease != null) {
                return lease;
            }
        }
        return null;
    }

    private boolean isMeant(@Nullable PoolMember member) {
        return only == null || member == null || member.name().equals(only);
    }

    /** The use that was handed out last. */
    CredentialUse use() {
        return ring().uses().get(key);
    }

    /** Where that came from, when it came from a pool. */
    Admission.@Nullable Membership membership() {
        var pool = provider.pool();
        var member = ring().member(key);
        return pool == null || member == null ? null : new Admission.Membership(pool, member);
    }

    Candidate candidate() {
        return provider.candidate(ring(), key);
    }

    /** The credentials as the call found them when it first came here. */
    private KeyRing ring() {
        if (ring == null) {
            ring = provider.rings().get();
        }
        return ring;
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
