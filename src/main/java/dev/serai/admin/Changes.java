package dev.serai.admin;

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
        T result = transaction.execute(status -> change.get());
        if (result == null) {
            throw new IllegalStateException("a change without a result");
        }
        return result;
    }
}
