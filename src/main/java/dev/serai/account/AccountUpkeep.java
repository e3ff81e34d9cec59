package dev.serai.account;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What accounts need from time to time: their uses written down, tokens renewed ahead of their end, dead ones checked, all
 * of them read. Several times within an interval, so that a check that is due never waits past it.
 */
final class AccountUpkeep {

    private static final Logger log = LoggerFactory.getLogger(AccountUpkeep.class);

    private static final int ROUNDS = 6;
    /** Of one kind of work in one round. */
    private static final int MOST = 10;

    private final HealthRows rows;
    private final AccountNotes notes;
    private final AccountPools pools;
    private final AccountTokens tokens;
    private final Runnable takeOver;
    private final Issuers issuers;
    private final Duration interval;

    /** @param takeOver takes over accounts that the configuration names */
    AccountUpkeep(
            HealthRows rows,
            AccountNotes notes,
            AccountPools pools,
            AccountTokens tokens,
            Runnable takeOver,
            Issuers issuers,
            Duration interval) {
        this.rows = rows;
        this.notes = notes;
        this.pools = pools;
        this.tokens = tokens;
        this.takeOver = takeOver;
        this.issuers = issuers;
        this.interval = interval;
    }

    /** How often it runs. */
    Duration period() {
        return interval.dividedBy(ROUNDS);
    }

    /** One round. A database that is away can wait. */
    void run() {
        try {
            notes.flush();
            takeOver.run();
            pools.read();
            var providers = issuers.providers();
            if (!providers.isEmpty()) {
                each(rows.dueForCheck(providers, interval.minus(period()), MOST), this::check);
                each(rows.dueForRenewal(providers, MOST), tokens::renewAhead);
            }
        } catch (DataAccessException away) {
            log.warn("Accounts are not looked after now: {}", away.getClass().getSimpleName());
        }
    }

    private void check(String account) {
        try {
            if (tokens.check(account, Occasion.CHECK) == null) {
                log.info("The account {} works", account);
            }
        } catch (RuntimeException e) {
            log.warn("The account {} is not checked: {}", account, e.toString());
        }
    }

    /** All at once, and waits for all: one slow provider does not hold up another's accounts for long. */
    private static void each(List<String> accounts, Consumer<String> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            accounts.forEach(account -> threads.execute(() -> work.accept(account)));
        }
    }
}
