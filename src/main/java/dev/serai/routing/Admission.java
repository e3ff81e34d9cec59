package dev.serai.routing;

import dev.serai.credential.CredentialBoard;
import dev.serai.message.Failure;

/** The rights that one attempt holds at the boards: given back as its outcome says. One call's thread only. */
final class Admission {

    private final FailoverState state;
    private final CredentialBoard.Lease lease;
    private final ProviderHealth.Ticket ticket;
    private final ProviderLimits.Permit permit;

    Admission(
            FailoverState state,
            CredentialBoard.Lease lease,
            ProviderHealth.Ticket ticket,
            ProviderLimits.Permit permit) {
        this.state = state;
        this.lease = lease;
        this.ticket = ticket;
        this.permit = permit;
    }

    /** Keeps the place at the upstream: the answer still flows. */
    void succeeded() {
        state.credentials().succeeded(lease);
        state.health().succeeded(ticket);
    }

    void failed(Failure failure) {
        state.credentials().failed(lease, failure);
        state.health().failed(ticket, failure);
        permit.close();
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
