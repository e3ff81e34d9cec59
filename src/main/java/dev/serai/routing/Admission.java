package dev.serai.routing;

import dev.serai.credential.CredentialBoard;
import dev.serai.credential.CredentialPool;
import dev.serai.credential.CredentialUse;
import dev.serai.credential.PoolMember;
import dev.serai.message.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The rights that one attempt holds at the boards: given back as its outcome says. One call's thread only. */
final class Admission {

    private final FailoverState state;
    private final CredentialUse use;
    private final CredentialBoard.Lease lease;
    private final ProviderHealth.Ticket ticket;
    private final ProviderLimits.Permit permit;
    private final @Nullable Membership membership;

    Admission(
            FailoverState state,
            CredentialUse use,
            CredentialBoard.Lease lease,
            ProviderHealth.Ticket ticket,
            ProviderLimits.Permit permit,
            @Nullable Membership membership) {
        this.state = state;
        this.use = use;
        this.lease = lease;
        this.ticket = ticket;
        this.permit = permit;
        this.membership = membership;
    }

    /** Whose turn it is in which pool. */
    record Membership(CredentialPool pool, PoolMember member) {}

    /** Keeps the place at the upstream: the answer still flows. */
    void succeeded() {
        state.credentials().succeeded(lease);
        state.health().succeeded(ticket);
        if (membership != null) {
            membership.pool.succeeded(membership.member);
        }
    }

    void failed(Failure failure) {
        state.credentials().failed(lease, failure);
        state.health().failed(ticket, failure);
        permit.close();
        if (membership != null) {
            membership.pool.failed(membership.member, failure, rest(failure));
        }
    }

    private Duration rest(Failure failure) {
        return switch (failure.type()) {
            case KEY_DEAD, KEY_RIGHTS, QUOTA, QUOTA_WINDOW, RATE ->
                state.credentials().left(use);
            default -> Duration.ZERO;
        };
    }

    void abandoned() {
        state.credentials().abandoned(lease);
        state.health().abandoned(ticket);
        permit.close();
    }

    /** The answer is over. */
    void left() {
        permit.close();
    }
}
