package dev.serai.quota;

import dev.serai.database.Pause;
import dev.serai.usage.Settlements;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;

/**
 * Reserves what calls may use, in one round trip each. The settlement goes by the usage event of the call: the journal
 * keeps it and the usage writer brings it to the database, which closes the reservation of the same id.
 *
 * <p>While the database does not answer, it is asked once a second, and everybody else is told so at once.
 */
public final class Ledger implements Settlements {

    private static final Logger log = LoggerFactory.getLogger(Ledger.class);
    private static final long LONGEST_DEBT = Duration.ofMinutes(10).toNanos();
    private static final int SWEPT_AT_ONCE = 500;
    private static final int RENEWED_AT_ONCE = 1_000;

    private final LedgerRepository repository;
    private final Gates gates = new Gates();
    private final Owed owed;
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private final Pause unasked;

    Ledger(LedgerRepository repository, LongSupplier nanos) {
        this.repository = repository;
        this.owed = new Owed(nanos);
        this.unasked = new Pause(nanos);
    }

    /**
     * Admits the call and reserves what it asks, or says which limit is in the way.
     *
     * @throws LedgerUnavailable when the database does not say in time; whatever it did all the same is undone by the
     *     call's settlement
     */
    public Verdict reserve(Ask ask) throws LedgerUnavailable {
        if (unasked.lasts()) {
            throw new LedgerUnavailable();
        }
        var gate = gates.of(ask.key().id());
        if (!gate.enter()) {
            throw new LedgerUnavailable();
        }
        try {
            return repository.reserve(ask, owed.of(ask.key().id()));
        } catch (QueryTimeoutException | ConcurrencyFailureException oneRow) {
            throw new LedgerUnavailable(oneRow);
        } catch (DataAccessException away) {
            unasked.begin();
            log.warn("The ledger cannot be asked: {}", away.getClass().getSimpleName());
            throw new LedgerUnavailable(away);
        } finally {
            gate.leave();
        }
    }

    /** Keeps the reservation of a call alive until {@link Hold#end}. */
    public Hold hold(Ask ask) {
        running.add(ask.call());
        return new Hold(
                ask,
                (asked, beyond) -> owed.note(asked.call(), asked.key().id(), beyond),
                () -> running.remove(ask.call()));
    }

    @Override
    public void settled(Collection<UUID> calls) {
        owed.settled(calls);
    }

    /** Moves on the deadlines of the calls that run here. */
    void renew() {
        var calls = List.copyOf(running);
        for (int from = 0; from < calls.size(); from += RENEWED_AT_ONCE) {
            repository.renew(calls.subList(from, Math.min(from + RENEWED_AT_ONCE, calls.size())));
        }
        owed.forget(LONGEST_DEBT);
    }

    /** Closes reservations that nobody moves on any more, wherever they were made. */
    void sweep() {
        int swept = repository.sweep(SWEPT_AT_ONCE);
        if (swept > 0) {
            log.warn("Charged the input of {} calls whose gateway was gone", swept);
        }
    }
}
