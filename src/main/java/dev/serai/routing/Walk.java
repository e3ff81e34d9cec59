package dev.serai.routing;

import dev.serai.credential.CredentialBoard;
import dev.serai.credential.CredentialUse;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.routing.Stage.Rank;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call's way along its candidates: whom to try next, and what to tell when all have failed. Free of I/O; one thread.
 *
 * <p>Every candidate from {@link #next} is ended by exactly one of {@link #succeeded}, {@link #failed} and
 * {@link #abandoned} before the next one is asked for, and the walk is closed when the answer is over.
 *
 * <ul>
 *   <li>The same credential again, once, only after NETWORK and EMPTY.
 *   <li>REASONING: the same candidate again, once, for the call goes on without the reasoning that it replayed.
 *   <li>RATE and every failure of a key: the provider's next key. OVERLOAD and failures of the upstream: the next
 *       provider; the failed one's other keys come last.
 *   <li>MODEL: another provider. CONTEXT: only a larger context window. CLIENT, CONTENT and GATEWAY: the end.
 *   <li>At most {@value #MOST_COSTLY} attempts that may have cost the upstream work; refusals do not count, and each
 *       credential is tried once for a model. Repeats at an upstream that failed in this call need the retry budget.
 * </ul>
 */
public final class Walk implements AutoCloseable {

    private static final int MOST_COSTLY = 3;

    private final FailoverState state;
    private final CandidatePlan plan;
    private final String affinity;
    private final long deadlineNanos;
    private final boolean failoverOff;
    private final List<Stage> stages;
    private final Set<CredentialUse> tried = new HashSet<>(4);
    private final Set<ProviderHost> hosts = new HashSet<>(4);
    private final Set<ProviderHost> failedHosts = new HashSet<>(4);
    private final WalkVerdict verdict = new WalkVerdict();

    private @Nullable Stage stage;
    private @Nullable Candidate current;
    private @Nullable Admission admission;
    private boolean ended = true;
    private boolean repeat;
    private boolean repeated;
    private boolean withoutReasoning;
    private boolean answered;
    private boolean over;
    private boolean closed;
    private int attempts;
    private int costly;

    /**
     * A walk at its start.
     *
     * @param affinity what keeps a conversation on one credential, or {@code ""}
     * @param deadlineNanos when no further candidate may be tried, in the state's time; {@link Long#MAX_VALUE} for never
     * @param failoverOff one attempt only
     */
    public Walk(FailoverState state, CandidatePlan plan, String affinity, long deadlineNanos, boolean failoverOff) {
        this(state, plan, affinity, deadlineNanos, failoverOff, Map.of());
    }

    /**
     * A walk that meets only some members of pools.
     *
     * @param members by kind of provider, the name of the one member that may be tried
     */
    public Walk(
            FailoverState state,
            CandidatePlan plan,
            String affinity,
            long deadlineNanos,
            boolean failoverOff,
            Map<String, String> members) {
        this.state = state;
        this.plan = plan;
        this.affinity = affinity;
        this.deadlineNanos = deadlineNanos;
        this.failoverOff = failoverOff;
        this.stages = plan.ordered(affinity).stream()
                .map(provider ->
                        new Stage(provider, members.get(provider.model().kind())))
                .toList();
    }

    /** The next candidate to try, or null: then {@link #verdict} tells why. */
    public @Nullable Candidate next() {
        if (!ended) {
            throw new IllegalStateException("the last candidate has not been ended");
        }
        if (over || costly >= MOST_COSTLY || (failoverOff && attempts > 0) || late()) {
            return null;
        }
        var found = repeat ? again() : null;
        for (var rank : Rank.values()) {
            for (int i = 0; found == null && i < stages.size(); i++) {
                found = stages.get(i).mayTry(rank) ? enter(stages.get(i), rank != Rank.HEALTHY) : null;
            }
        }
        return found;
    }

    /** The first content, or the whole answer, is there: there is no failover any more. Its place at the upstream is kept. */
    public void succeeded(Candidate candidate) {
        if (!closed) {
            end(candidate).succeeded();
            answered = true;
            over = true;
        }
    }

    /** The attempt failed. After {@link #succeeded} this tells only the boards. */
    public void failed(Candidate candidate, Failure failure) {
        if (closed) {
            return;
        }
        if (answered && isCurrent(candidate) && admission != null) {
            admission.failed(failure);
            return;
        }
        end(candidate).failed(failure);
        verdict.add(failure);
        react(failure);
    }

    /** The caller left: nothing is said about the candidate's health. */
    public void abandoned(Candidate candidate) {
        if (!closed && !answered) {
            end(candidate).abandoned();
            over = true;
        }
    }

    /** What to tell when no candidate is left: the most useful of all that happened, with a wait where waiting helps. */
    public Failure verdict() {
        return verdict.of(
                () -> WalkVerdict.soonest(state, plan.providers()), () -> WalkVerdict.trouble(state, plan.providers()));
    }

    /** How many attempts there were, refused ones included. */
    public int attempts() {
        return attempts;
    }

    /** The call is over: gives back what is still held. What is told later is not heard. */
    @Override
    public void close() {
        if (!closed && admission != null) {
            if (ended) {
                admission.left();
            } else {
                admission.abandoned();
            }
        }
        ended = true;
        over = true;
        closed = true;
    }

    private boolean late() {
        boolean late = deadlineNanos != Long.MAX_VALUE && state.nanos().getAsLong() - deadlineNanos >= 0;
        if (late) {
            verdict.late();
        }
        return late;
    }

    private Admission end(Candidate candidate) {
        if (ended || admission == null || !isCurrent(candidate)) {
            throw new IllegalStateException("not the candidate that is being tried");
        }
        ended = true;
        return admission;
    }

    /** A candidate is the object that was handed out; comparing what it holds would compare whole entries. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isCurrent(Candidate candidate) {
        return candidate == current;
    }

    private @Nullable Candidate again() {
        repeat = false;
        var same = current;
        var at = stage;
        if (same == null || at == null) {
            return null;
        }
        repeated = true;
        return admit(at, false, () -> state.credentials().take(at.use()), () -> same);
    }

    private @Nullable Candidate enter(Stage at, boolean lastResort) {
        var found = admit(at, lastResort, () -> at.nextKey(state.credentials(), affinity, tried), at::candidate);
        if (found != null) {
            repeated = false;
            tried.add(at.use());
        }
        return found;
    }

    private interface Leases {
        CredentialBoard.@Nullable Lease take();
    }

    private interface Candidates {
        Candidate make();
    }

    /** Takes every right that an attempt needs, or none. */
    private @Nullable Candidate admit(Stage at, boolean lastResort, Leases leases, Candidates candidates) {
        var host = at.provider().host();
        var ticket = state.health().enter(at.provider().model(), lastResort);
        if (ticket == null) {
            return null;
        }
        var permit = state.limits().acquire(host);
        var lease = permit == null ? null : leases.take();
        if (permit == null || lease == null) {
            state.health().abandoned(ticket);
            if (permit != null) {
                permit.close();
            }
            return null;
        }
        var admitted = new Admission(state, at.use(), lease, ticket, permit, at.membership());
        if (failedHosts.contains(host) && !state.budget().repeat(host)) {
            admitted.abandoned();
            return null;
        }
        if (hosts.add(host)) {
            state.budget().called(host);
        }
        admission = admitted;
        stage = at;
        current = candidates.make();
        ended = false;
        attempts++;
        return current;
    }

    private void react(Failure failure) {
        var at = stage;
        if (at == null) {
            return;
        }
        switch (failure.type()) {
            case CLIENT, CONTENT, GATEWAY, CLIENT_GONE -> over = true;
            case REASONING -> {
                repeat = !withoutReasoning;
                over = withoutReasoning;
                withoutReasoning = true;
            }
            case CONTEXT -> narrow(at, failure);
            case MODEL, UNSUPPORTED -> at.out();
            case KEY_DEAD, KEY_RIGHTS, QUOTA, QUOTA_WINDOW, RATE -> {
                // the provider's next key
            }
            case OVERLOAD, UPSTREAM, NETWORK, TIMEOUT_FIRST_BYTE, STREAM_BROKEN, EMPTY -> {
                costly++;
                failedHosts.add(at.provider().host());
                at.last();
                repeat = !repeated && (failure.type() == FailureClass.NETWORK || failure.type() == FailureClass.EMPTY);
            }
        }
    }

    /** A prompt too long for the model leaves larger windows; one too large for the key's own rate leaves other upstreams. */
    private void narrow(Stage at, Failure failure) {
        if (failure.kind() == Kind.REQUEST_TOO_LARGE) {
            at.last();
            return;
        }
        var window = at.provider().contextWindow();
        for (var other : stages) {
            var larger = other.provider().contextWindow();
            if (window == null || larger == null || larger <= window) {
                other.out();
            }
        }
    }
}
