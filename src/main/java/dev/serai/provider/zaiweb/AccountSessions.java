package dev.serai.provider.zaiweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.secret.Secret;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

    private final SessionCalls calls;
    private final int streamsPerSession;
    private final Cache<Login, Account> accounts;

    AccountSessions(SessionCalls calls, ZaiWebProperties settings) {
        this.calls = calls;
        this.streamsPerSession = settings.streamsPerSession();
        this.accounts = Caffeine.newBuilder()
                .expireAfterWrite(settings.accountLife())
                .maximumSize(1_000)
                .executor(Runnable::run)
                .build();
    }

    private record Login(String baseUrl, String name, Secret token) {}

    private record Account(Session session, AtomicInteger streams) {}

    /**
     * A place on the account of a token.
     *
     * @param abortable is given what breaks the check of the token off
     * @throws Refusal when the token is dead, or has as many answers as it may have
     */
    SessionLease take(String baseUrl, String name, Secret token, Consumer<Runnable> abortable) {
        var login = new Login(baseUrl, name, token);
        var account = accounts.get(login, unknown -> check(unknown, abortable));
        if (account.streams.incrementAndGet() > streamsPerSession) {
            account.streams.decrementAndGet();
            throw new Refusal(
                    new Failure(Kind.OVERLOADED, FailureClass.RATE, "The account's session is in use.", null, BUSY));
        }
        return new Lease(login, account);
    }

    private Account check(Login login, Consumer<Runnable> abortable) {
        try {
            return new Account(calls.account(login.baseUrl, login.name, login.token, abortable), new AtomicInteger());
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
        private final Account account;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease(Login login, Account account) {
            this.login = login;
            this.account = account;
        }

        @Override
        public Session session() {
            return account.session;
        }

        @Override
        public void succeeded() {
            // nothing was wrong with it
        }

        @Override
        public void failed(Sign sign, Failure failure) {
            if (sign == Sign.SESSION_DEAD) {
                accounts.asMap().remove(login, account);
            }
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                account.streams.decrementAndGet();
            }
        }
    }
}
