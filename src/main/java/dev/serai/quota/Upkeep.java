package dev.serai.quota;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Keeps reservations of running calls alive and ends those of gateways that are gone; a database that is away can wait. */
@Component
final class Upkeep {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private final Ledger ledger;

    Upkeep(Ledger ledger) {
        this.ledger = ledger;
    }

    void renew() {
        attempt("renewed", ledger::renew);
    }

    void sweep() {
        attempt("swept", ledger::sweep);
    }

    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (DataAccessException away) {
            log.warn("Reservations are not {} now: {}", what, away.getClass().getSimpleName());
        }
    }
}
