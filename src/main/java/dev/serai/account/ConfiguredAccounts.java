package dev.serai.account;

import dev.serai.message.Refusal;
import dev.serai.routing.config.ProviderEntry;
import dev.serai.routing.config.RoutesConfig;
import dev.serai.routing.config.RoutesConfigStore;
import java.util.HashSet;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * The secrets that ROUTES_CONFIG names in {@code apiKeys} of a provider with accounts are accounts too, each under the name
 * of its variable: written down so that a rotated secret outlives a restart, and anew when the variable has another value.
 */
final class ConfiguredAccounts implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ConfiguredAccounts.class);

    private final RoutesConfigStore store;
    private final Accounts accounts;
    private final AccountPools pools;
    private final Issuers issuers;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean done;
    private volatile boolean running;

    ConfiguredAccounts(RoutesConfigStore store, Accounts accounts, AccountPools pools, Issuers issuers) {
        this.store = store;
        this.accounts = accounts;
        this.pools = pools;
        this.issuers = issuers;
    }

    /** Takes over what has not been yet. Never throws; what could not be now is tried again the next time. */
    void takeOver() {
        if (!done) {
            takeOverNow();
        }
    }

    /** One at a time, and always the newest: an old configuration never comes after a new one. */
    private void takeOverNow() {
        lock.lock();
        try {
            done = takeOver(store.current());
        } finally {
            lock.unlock();
        }
    }

    private boolean takeOver(RoutesConfig config) {
        var names = new HashSet<String>();
        boolean all = true;
        for (var model : config.models()) {
            for (var provider : model.providers()) {
                if (issuers.of(provider.kind()) != null) {
                    for (var key : provider.keys()) {
                        all &= !names.add(key.name()) || adopt(provider.kind(), key);
                    }
                }
            }
        }
        pools.variables(names);
        return all;
    }

    private boolean adopt(String kind, ProviderEntry.Key key) {
        try {
            if (!accounts.adopt(key.name(), kind, key.secret())) {
                log.warn("{} is not taken as an account: there is another one of this id", key.name());
            }
            return true;
        } catch (DataAccessException e) {
            log.warn("{} is not an account yet: {}", key.name(), e.getClass().getSimpleName());
            return false;
        } catch (Refusal e) {
            log.error("{} is no account: {}", key.name(), e.getMessage());
            return true;
        }
    }

    @Override
    public void start() {
        takeOver();
        store.onSwap(config -> takeOverNow());
        running = true;
    }

    @Override
    public void stop() {
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
