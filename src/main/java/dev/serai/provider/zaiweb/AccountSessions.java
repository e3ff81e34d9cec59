package dev.serai.provider.zaiweb;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.secret.Secret;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions of accounts whose tokens the configuration names: each is checked before it is first used, and again after a
 * while, so that a dead one, which the upstream would quietly treat as a guest, is noticed. Thread-safe.
 */
final class AccountSessions {

    private static final Logger LOG = LoggerFactory.getLogger(AccountSessions.class);
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Check check;
    private final int streamsPerSession;
    private final SingleFlight<Login, Session> accounts;
    private final ConcurrentHashMap<Login, Integer> streams = new ConcurrentHashMap<>();

    /** Whose a token is; blocks. */
    interface Check {

        /** @throws Refusal when the token is dead, or nothing can be said of it */
        Session account(String baseUrl, String name, Secret token);
    }

    AccountSessions(Check check, ZaiWebProperties settings, Ticker ticker) {
        this.check = check;
        this.streamsPerSession = settings.streamsPerSession();
        this.accounts = new SingleFlight<>(this::checked, session -> settings.accountLife(), ticker);
    }

    private record Login(String baseUrl, String name, Secret token) {}

    /**
     * A place on the account of a token.
     *
     * @param abortable is given what ends the wait for the check of the token
     * @throws Refusal when the token is dead, or has as many answers as it may have
     */
    SessionLease take(String baseUrl, String name, Secret token, Consumer<Runnable> abortable) {
        var login = new Login(baseUrl, name, token);
        var session = accounts.get(login, abortable);
        if (streams.merge(login, 1, Integer::sum) > streamsPerSession) {
            leave(login);
            throw new Refusal(
                    new Failure(Kind.OVERLOADED, FailureClass.RATE, "The account's session is in use.", null, BUSY));
        }
        return new Lease(login, session);
    }

    private void leave(Login login) {
        streams.computeIfPresent(login, (unused, count) -> count == 1 ? null : count - 1);
    }

    private Session checked(Login login) {
        try {
            return check.account(login.baseUrl, login.name, login.token);
        } catch (Refusal refused) {
            if (refused.failure().type() == FailureClass.KEY_DEAD) {
                LOG.warn(
                        "The token {} for zai-web is dead: {}",
                        login.name,
                        refused.failure().message());
            }
            throw refused;
        }
    }

    /** A place on an account. */
    private final class Lease implements SessionLease {

        private final Login login;
        private final Session session;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease(Login login, Session session) {
            this.login = login;
            this.session = session;
        }

        @Override
        public Session session() {
            return session;
        }

        @Override
        public void succeeded() {
            // nothing was wrong with it
        }

        @Override
        public void failed(Sign sign, Failure failure) {
            if (sign == Sign.SESSION_DEAD) {
                accounts.forget(login, session);
            }
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                leave(login);
            }
        }
    }
}
