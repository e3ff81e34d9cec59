package dev.serai.account;

import dev.serai.account.TokenAnswer.Granted;
import dev.serai.account.TokenAnswer.Refused;
import dev.serai.database.News;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.secret.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Asks an issuer for the tokens of one account under the lock of its row, so that one process asks at a time; who comes
 * later looks again and finds what the first has brought. The new tokens are committed before they are given out. It uses
 * connections of its own, {@value #MOST_AT_ONCE} at most, so that a slow issuer takes none from calls. Thread-safe.
 */
final class TokenRenewal {

    private static final Logger log = LoggerFactory.getLogger(TokenRenewal.class);

    private static final int MOST_AT_ONCE = 8;
    private static final Duration LATER = Duration.ofMinutes(5);
    private static final Duration LONGEST_UNREACHABLE = Duration.ofMinutes(1);
    private static final Failure GONE = failure(IssueFault.DEAD, "There is no such account.", null);

    private final News.Source source;
    private final AccountSeal seal;
    private final Issuers issuers;
    private final RandomGenerator random;
    private final Duration interval;
    private final Semaphore connections = new Semaphore(MOST_AT_ONCE, true);

    /** @param interval between two checks of a dead account */
    TokenRenewal(News.Source source, AccountSeal seal, Issuers issuers, RandomGenerator random, Duration interval) {
        this.source = source;
        this.seal = seal;
        this.issuers = issuers;
        this.random = random;
        this.interval = interval;
    }

    /**
     * What came of it.
     *
     * @param grant null when there is none, because of {@code failure} or because somebody else is at it
     */
    record Result(@Nullable Grant grant, @Nullable Failure failure) {

        static Result refused(Failure failure) {
            return new Result(null, failure);
        }
    }

    /**
     * Tokens of a generation above {@code floor}.
     *
     * @throws org.springframework.dao.DataAccessException when the database cannot be asked
     */
    Result renew(String account, long floor, Occasion why) {
        connections.acquireUninterruptibly();
        try (Connection own = source.open()) {
            own.setAutoCommit(false);
            var jdbc = JdbcClient.create(new SingleConnectionDataSource(own, true));
            var rows = new AccountRows(jdbc);
            var row = why.waits() ? rows.lock(account) : rows.lockUnlessLocked(account);
            var result = row.map(there -> locked(rows, new HealthRows(jdbc), there, floor, why))
                    .orElseGet(() -> why.waits() ? Result.refused(GONE) : new Result(null, null));
            own.commit();
            return result;
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("accounts cannot be asked for", e);
        } finally {
            connections.release();
        }
    }

    /** What a row holds for callers already. */
    Optional<Grant> held(AccountRow row, long floor) {
        byte[] box = row.accessToken();
        if (box == null || !row.isGood(floor)) {
            return Optional.empty();
        }
        var token = new AccessToken(
                row.id(), row.generation(), seal.open(row.id(), AccountSeal.ACCESS, box), row.subject());
        return Optional.of(new Grant(token, row.good(), row.renewLeft()));
    }

    private Result locked(AccountRows rows, HealthRows health, AccountRow row, long floor, Occasion why) {
        var held = held(row, floor);
        boolean brought = why == Occasion.CALL
                || (why == Occasion.AHEAD && row.renewLeft().isPositive());
        if (held.isPresent() && brought) {
            return new Result(held.get(), null);
        }
        if (why == Occasion.CALL && row.health() == Health.DEAD) {
            return Result.refused(failure(IssueFault.DEAD, row.reason(), null));
        }
        var issuer = issuers.of(row.provider());
        if (issuer == null) {
            return Result.refused(failure(IssueFault.UNREACHABLE, "Nothing serves this kind of account.", null));
        }
        return ask(issuer, rows, health, row, why);
    }

    private Result ask(TokenIssuer issuer, AccountRows rows, HealthRows health, AccountRow row, Occasion why) {
        var secret = seal.open(row.id(), AccountSeal.SECRET, row.secret());
        var answer = ask(issuer, row, secret);
        byte[] previous = row.previousSecret();
        if (previous != null && isDead(answer)) {
            secret = seal.open(row.id(), AccountSeal.PREVIOUS, previous);
            answer = ask(issuer, row, secret);
            if (isDead(answer)) {
                rows.dropPrevious(row.id());
            }
        }
        return switch (answer) {
            case Granted granted -> new Result(keep(rows, row, secret, granted, why), null);
            case Refused refused -> Result.refused(note(rows, health, row, refused, why));
        };
    }

    private static TokenAnswer ask(TokenIssuer issuer, AccountRow row, Secret secret) {
        try {
            return issuer.ask(new TokenAsk(row.id(), secret, row.subject()));
        } catch (RuntimeException e) {
            log.warn(
                    "No tokens for the account {} of {}: {}",
                    row.id(),
                    row.provider(),
                    e.getClass().getSimpleName());
            return TokenAnswer.refused(IssueFault.UNREACHABLE, "Its provider gave no tokens.");
        }
    }

    private static boolean isDead(TokenAnswer answer) {
        return answer instanceof Refused refused && refused.fault() == IssueFault.DEAD;
    }

    private Grant keep(AccountRows rows, AccountRow row, Secret used, Granted granted, Occasion why) {
        var next = granted.secret() == null ? used : granted.secret();
        boolean rotated = !next.equals(used);
        var renew = RenewalTime.of(granted.life(), random);
        long generation = rows.grant(
                row.id(),
                seal.seal(row.id(), AccountSeal.SECRET, next),
                rotated ? seal.seal(row.id(), AccountSeal.PREVIOUS, used) : null,
                rotated,
                seal.seal(row.id(), AccountSeal.ACCESS, granted.access()),
                granted.life(),
                renew,
                granted.subject(),
                why.heals());
        var subject = granted.subject() == null ? row.subject() : granted.subject();
        var token = new AccessToken(row.id(), generation, granted.access(), subject);
        var tenth = granted.life().dividedBy(10);
        var margin = tenth.compareTo(Duration.ofMinutes(1)) < 0 ? tenth : Duration.ofMinutes(1);
        return new Grant(token, granted.life().minus(margin), renew);
    }

    /** Whoever still has a good token goes on with it: only a call's failure, or a check's, takes an account out. */
    private Failure note(AccountRows rows, HealthRows health, AccountRow row, Refused refused, Occasion why) {
        var rest = rest(row, refused);
        if (why == Occasion.AHEAD) {
            health.note(row.id(), refused.reason());
            rows.renewLater(row.id(), LATER);
        } else if (refused.fault() == IssueFault.DEAD) {
            health.dead(row.id(), -1, interval, refused.reason());
        } else if (row.health() == Health.DEAD) {
            health.dead(row.id(), -1, interval, row.reason());
        } else if (why == Occasion.CALL || refused.fault() != IssueFault.UNREACHABLE) {
            health.rest(row.id(), -1, rest, refused.reason());
        } else {
            health.note(row.id(), refused.reason());
        }
        return failure(refused.fault(), refused.reason(), refused.fault() == IssueFault.DEAD ? null : rest);
    }

    private static Duration rest(AccountRow row, Refused refused) {
        if (refused.retryAfter() != null) {
            return refused.retryAfter();
        }
        var rest = refused.fault().rest();
        if (refused.fault() != IssueFault.UNREACHABLE) {
            return rest;
        }
        var grown = rest.multipliedBy(1L << Math.min(row.failures(), 4));
        return grown.compareTo(LONGEST_UNREACHABLE) < 0 ? grown : LONGEST_UNREACHABLE;
    }

    private static Failure failure(IssueFault fault, String reason, @Nullable Duration wait) {
        return Failure.of(Kind.OVERLOADED, fault.type(), reason).withRetryAfter(wait);
    }

    /** What a call is told when the database cannot be asked. */
    static Refusal away() {
        return new Refusal(Failure.of(Kind.OVERLOADED, FailureClass.RATE, "Accounts cannot be asked for right now.")
                .withRetryAfter(Duration.ofSeconds(1)));
    }
}
