package dev.serai.account;

import dev.serai.credential.CredentialPool;
import dev.serai.database.News;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * All accounts, by the kind of provider that they are for: one pool for all entries of a kind. Read anew whenever the
 * database tells of a change, every second while it tells nothing, and with every upkeep. Accounts of variables that the
 * configuration does not name (any more) are in no pool.
 */
public final class AccountPools implements News.Listener, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(AccountPools.class);

    private static final Duration UNHEARD = Duration.ofSeconds(1);

    private final HealthRows rows;
    private final AccountNotes notes;
    private final AccountTokens tokens;
    private final Duration interval;
    private final LongSupplier nanos;
    private final Map<String, AccountPool> pools = new ConcurrentHashMap<>();
    private final AtomicBoolean reading = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Set<String> variables = Set.of();
    private volatile List<AccountStanding> accounts = List.of();
    private volatile long readAt;
    private volatile boolean hears;
    private volatile boolean running;

    AccountPools(HealthRows rows, AccountNotes notes, AccountTokens tokens, Duration interval, LongSupplier nanos) {
        this.rows = rows;
        this.notes = notes;
        this.tokens = tokens;
        this.interval = interval;
        this.nanos = nanos;
        this.readAt = nanos.getAsLong() - UNHEARD.toNanos();
    }

    /** The pool of a kind of provider; the same for everybody who asks. */
    public CredentialPool pool(String kind) {
        return accountPool(kind);
    }

    /** How many accounts of the kind's pool are of this health by now. */
    long count(String kind, Health health) {
        return accountPool(kind).count(health);
    }

    private AccountPool accountPool(String kind) {
        return pools.computeIfAbsent(kind, unseen -> {
            var pool = new AccountPool(kind, notes, this::look, interval, nanos);
            pool.read(accounts(kind), readAt);
            return pool;
        });
    }

    /** How all accounts are doing, those that are in no pool included, the oldest first; read now. */
    public List<AccountStanding> standings() {
        return rows.all();
    }

    /** The variables that the configuration names. */
    void variables(Set<String> names) {
        variables = Set.copyOf(names);
        distribute();
    }

    /**
     * Reads all accounts.
     *
     * @throws DataAccessException when the database cannot be asked; then all stays as it is
     */
    void read() {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            var all = rows.all();
            accounts = all;
            readAt = now;
            all.forEach(standing -> tokens.changed(standing.id(), standing.generation()));
            tokens.keepOnly(all.stream().map(AccountStanding::id).collect(Collectors.toSet()));
            distribute();
        } finally {
            lock.unlock();
        }
    }

    private void distribute() {
        lock.lock();
        try {
            pools.forEach((kind, pool) -> pool.read(accounts(kind), readAt));
        } finally {
            lock.unlock();
        }
    }

    private List<AccountStanding> accounts(String kind) {
        return accounts.stream()
                .filter(standing -> standing.account().provider().equals(kind))
                .filter(standing -> !standing.fromVariable() || variables.contains(standing.id()))
                .toList();
    }

    /** Has the accounts read soon if they are old and no change is heard of. */
    private void look() {
        if (!hears && nanos.getAsLong() - readAt > UNHEARD.toNanos() && reading.compareAndSet(false, true)) {
            Thread.ofVirtual().name("accounts").start(() -> {
                try {
                    tryToRead();
                } finally {
                    reading.set(false);
                }
            });
        }
    }

    private void tryToRead() {
        try {
            read();
        } catch (DataAccessException e) {
            readAt = nanos.getAsLong();
            log.warn(
                    "Accounts cannot be read; they stay as they are: {}",
                    e.getClass().getSimpleName());
        }
    }

    @Override
    public void hear() {
        tryToRead();
        hears = true;
    }

    boolean hears() {
        return hears;
    }

    @Override
    public void lose() {
        hears = false;
    }

    @Override
    public void changed(Set<String> what) {
        tryToRead();
    }

    /** Before the door opens: the first call finds the accounts. */
    @Override
    public void start() {
        tryToRead();
        running = true;
    }

    @Override
    public void stop() {
        notes.flush();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
