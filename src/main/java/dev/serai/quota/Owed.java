package dev.serai.quota;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Tokens that calls of this process used beyond their reservations and that have not been settled yet: a matter of
 * milliseconds, unless the database is away.
 */
final class Owed {

    private record Debt(UUID key, long tokens, long since) {}

    private final Map<UUID, Debt> debts = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    Owed(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void note(UUID call, UUID key, long tokens) {
        if (tokens > 0) {
            debts.put(call, new Debt(key, tokens, nanos.getAsLong()));
        }
    }

    void settled(Collection<UUID> calls) {
        if (!debts.isEmpty()) {
            debts.keySet().removeAll(calls);
        }
    }

    /** What calls of the key owe. */
    long of(UUID key) {
        return debts.isEmpty()
                ? 0
                : debts.values().stream()
                        .filter(debt -> debt.key().equals(key))
                        .mapToLong(Debt::tokens)
                        .sum();
    }

    /** Forgets debts that are older than {@code most}: their settlement was lost. */
    void forget(long most) {
        long now = nanos.getAsLong();
        debts.values().removeIf(debt -> now - debt.since() > most);
    }
}
