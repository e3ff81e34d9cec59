package dev.serai.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Access tokens in memory; one question for an account at a time, however many callers wait for its answer. */
final class AccountTokens implements AccessTokens {

    private static final Logger log = LoggerFactory.getLogger(AccountTokens.class);

    /** PostgreSQL's state for a lock that did not come in time. */
    private static final String LOCKED = "55P03";

    private static final int MOST = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final Refusal LATE =
            new Refusal(Failure.of(Kind.OVERLOADED, FailureClass.RATE, "Its provider gave no tokens in time.")
                    .withRetryAfter(Duration.ofSeconds(5)));

    private final AccountRows rows;
    private final TokenRenewal renewal;
    private final LongSupplier nanos;
    private final Cache<String, Held> held;
    private final Cache<String, Long> floors =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Map<String, CompletableFuture<Held>> asking = new ConcurrentHashMap<>();
    private final AtomicLong askAgainAt;

    AccountTokens(AccountRows rows, TokenRenewal renewal, LongSupplier nanos) {
        this.rows = rows;
        this.renewal = renewal;
        this.nanos = nanos;
        this.held = Caffeine.newBuilder().maximumSize(MOST).build();
        this.askAgainAt = new AtomicLong(nanos.getAsLong());
    }

    /** A token and its times of this process's clock. */
    private record Held(AccessToken token, long goodUntil, long renewAt) {}

    @Override
    public AccessToken of(String account) {
        var known = held.getIfPresent(account);
        long now = nanos.getAsLong();
        if (known != null && now - known.goodUntil < 0) {
            if (now - known.renewAt >= 0 && held.asMap().replace(account, known, later(known, now))) {
                Thread.ofVirtual().name("token-renewal").start(() -> renewAhead(account));
            }
            return known.token;
        }
        if (now - askAgainAt.get() < 0) {
            throw TokenRenewal.away();
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        var brought = await(ask(account), until);
        long floor = floor(account);
        return brought.token.generation() > floor ? brought.token : await(ask(account), until).token;
    }

    @Override
    public void refused(AccessToken token) {
        floors.asMap().merge(token.account(), token.generation(), Long::max);
        held.asMap()
                .computeIfPresent(
                        token.account(), (id, known) -> known.token.generation() <= token.generation() ? null : known);
        try {
            rows.forgetAccess(token.account(), token.generation());
        } catch (DataAccessException e) {
            log.warn(
                    "A refused access token is not forgotten everywhere: {}",
                    e.getClass().getSimpleName());
        }
    }

    /** What is remembered of the account is void if it is older than this generation. */
    void changed(String account, long generation) {
        held.asMap().computeIfPresent(account, (id, known) -> known.token.generation() >= generation ? known : null);
    }

    /** Forgets tokens of accounts that are not among these. */
    void keepOnly(Set<String> accounts) {
        held.asMap().keySet().retainAll(accounts);
    }

    /**
     * Asks the provider now, whatever is remembered; null when it went well, or when a check leaves it to another process.
     *
     * @throws DataAccessException when the database cannot be asked
     */
    @Nullable
    Failure check(String account, Occasion why) {
        var result = renewal.renew(account, floor(account), why);
        keepAny(account, result.grant());
        return result.failure();
    }

    /** Renews the account's token if nobody else does. Never throws. */
    void renewAhead(String account) {
        try {
            keepAny(
                    account,
                    renewal.renew(account, floor(account), Occasion.AHEAD).grant());
        } catch (RuntimeException e) {
            log.warn("The token of the account {} is not renewed yet: {}", account, e.toString());
        }
    }

    private CompletableFuture<Held> ask(String account) {
        var mine = new CompletableFuture<Held>();
        var others = asking.putIfAbsent(account, mine);
        if (others != null) {
            return others;
        }
        Thread.ofVirtual().name("token-request").start(() -> bring(account, mine));
        return mine;
    }

    private void bring(String account, CompletableFuture<Held> answer) {
        try {
            var brought = bring(account);
            asking.remove(account, answer);
            answer.complete(brought);
        } catch (RuntimeException e) {
            asking.remove(account, answer);
            answer.completeExceptionally(told(account, e));
        } finally {
            asking.remove(account, answer);
        }
    }

    private Refusal told(String account, RuntimeException failure) {
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        log.warn("No access token for the account {}: {}", account, failure.toString());
        if (isLocked(failure)) {
            return LATE;
        }
        if (failure instanceof DataAccessException) {
            askAgainAt.set(nanos.getAsLong() + PAUSE.toNanos());
        }
        return TokenRenewal.away();
    }

    private static boolean isLocked(Throwable failure) {
        return failure.getCause() instanceof SQLException cause && LOCKED.equals(cause.getSQLState());
    }

    private Held bring(String account) {
        long floor = floor(account);
        var shared = rows.find(account).flatMap(row -> renewal.held(row, floor));
        if (shared.isPresent()) {
            return keep(account, shared.get());
        }
        var result = renewal.renew(account, floor, Occasion.CALL);
        var failure = result.failure();
        var grant = result.grant();
        if (grant == null) {
            throw failure == null ? LATE : new Refusal(failure);
        }
        return keep(account, grant);
    }

    private void keepAny(String account, @Nullable Grant grant) {
        if (grant != null) {
            keep(account, grant);
        }
    }

    private Held keep(String account, Grant grant) {
        long now = nanos.getAsLong();
        var fresh = new Held(
                grant.token(), now + grant.good().toNanos(), now + grant.renew().toNanos());
        held.asMap()
                .merge(account, fresh, (old, young) -> old.token.generation() > young.token.generation() ? old : young);
        return fresh;
    }

    private static Held later(Held known, long now) {
        return new Held(known.token, known.goodUntil, now + LATER.toNanos());
    }

    private long floor(String account) {
        var floor = floors.getIfPresent(account);
        return floor == null ? -1 : floor;
    }

    private static Held await(CompletableFuture<Held> answer, long until) {
        try {
            return answer.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw LATE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LATE;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Refusal refusal ? refusal : TokenRenewal.away();
        }
    }
}
