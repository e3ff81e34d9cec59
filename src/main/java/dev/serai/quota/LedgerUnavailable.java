package dev.serai.quota;

/** The ledger cannot be asked at the moment. */
public final class LedgerUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    LedgerUnavailable(Throwable cause) {
        super("the ledger cannot be asked", cause, false, false);
    }

    LedgerUnavailable() {
        super("the ledger cannot be asked", null, false, false);
    }
}
