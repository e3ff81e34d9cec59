package dev.serai.admin;

import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Runs a change and its note in the audit trail as one: both are kept, or neither. */
@Component
final class Changes {

    private final TransactionOperations transaction;

    Changes(TransactionOperations transaction) {
        this.transaction = transaction;
    }

    <T> T make(Supplier<T> change) {
        return make(change, result -> true);
    }

    /** As above; what came to nothing leaves no note. */
    <T> T make(Supplier<T> change, Predicate<T> isMade) {
        T result = transaction.execute(status -> {
            T made = change.get();
            if (!isMade.test(made)) {
                status.setRollbackOnly();
            }
            return made;
        });
        if (result == null) {
            throw new IllegalStateException("a change without a result");
        }
        return result;
    }
}
