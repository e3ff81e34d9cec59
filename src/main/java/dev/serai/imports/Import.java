package dev.serai.imports;

import dev.serai.account.Accounts;
import dev.serai.imports.OldStore.Content;
import dev.serai.imports.OldStore.OldAccount;
import dev.serai.imports.OldStore.OldKey;
import dev.serai.message.Refusal;
import dev.serai.tenant.KeyRegister;
import java.util.function.BooleanSupplier;
import org.springframework.transaction.support.TransactionOperations;

/** Takes over what an old store holds: all of it or, when one entry cannot be, nothing. What is here stays as it is. */
final class Import {

    private static final String PROVIDER = "chatglm-web";

    private final KeyRegister keys;
    private final Accounts accounts;
    private final TransactionOperations transaction;

    Import(KeyRegister keys, Accounts accounts, TransactionOperations transaction) {
        this.keys = keys;
        this.accounts = accounts;
        this.transaction = transaction;
    }

    /** What has become of the entries of a store. */
    record Counts(int newKeys, int oldKeys, int newAccounts, int oldAccounts, int leftOut) {

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            text.append("Keys: ")
                    .append(newKeys)
                    .append(" taken over, ")
                    .append(oldKeys)
                    .append(" here already.\n");
            if (newAccounts + oldAccounts > 0) {
                text.append("Accounts: ").append(newAccounts).append(" taken over, ");
                text.append(oldAccounts).append(" here already.\n");
            }
            if (leftOut > 0) {
                text.append("Other entries, left out: ").append(leftOut).append(".\n");
            }
            return text.append(newKeys + newAccounts == 0 ? "Nothing was changed.\n" : "")
                    .toString();
        }
    }

    /** @throws BadEntry when something cannot be taken over; then nothing was */
    Counts take(Content content) {
        Counts counts = transaction.execute(status -> {
            int newKeys = 0;
            for (OldKey key : content.keys()) {
                newKeys += count(key.place(), () -> take(key));
            }
            int newAccounts = 0;
            for (OldAccount account : content.accounts()) {
                newAccounts += count(account.place(), () -> accounts.add(account.id(), PROVIDER, account.token()));
            }
            return new Counts(
                    newKeys,
                    content.keys().size() - newKeys,
                    newAccounts,
                    content.accounts().size() - newAccounts,
                    content.leftOut());
        });
        if (counts == null) {
            throw new IllegalStateException("a transaction without a result");
        }
        return counts;
    }

    private boolean take(OldKey key) {
        if (keys.isTaken(key.key().reveal())) {
            return false;
        }
        keys.adopt(key.key(), key.settings(), key.history());
        return true;
    }

    private static int count(String place, BooleanSupplier entry) {
        try {
            return entry.getAsBoolean() ? 1 : 0;
        } catch (Refusal e) {
            throw new BadEntry(place, e);
        }
    }
}
