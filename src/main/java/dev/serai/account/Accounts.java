package dev.serai.account;

import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.secret.Sealer;
import dev.serai.secret.Secret;
import dev.serai.secret.StartRefused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code account}. Methods that seal or open refuse when there is no keyset. */
@Component
public final class Accounts {

    /** What a new secret makes void. */
    private static final String RENEWED = """
            previous_secret = null, secret_at = clock_timestamp(), access_token = null, access_from = null,
            access_until = null, renew_at = null, subject = null, generation = account.generation + 1,
            health = 'healthy', rests_until = null, failures = 0, last_failure = null, last_failure_at = null,
            epoch = account.epoch + 1, next_check_at = null, updated_at = clock_timestamp()
            """;

    private static final int LONGEST_ID = 128;
    private static final int LONGEST_SECRET = 16_384;
    private static final int SHOWN = 4;

    private final JdbcClient jdbc;
    private final AccountSeal seal;
    private final Clock clock;

    public Accounts(JdbcClient jdbc, Sealer sealer, Clock clock) {
        this.jdbc = jdbc;
        this.seal = new AccountSeal(sealer);
        this.clock = clock;
    }

    /**
     * Keeps an account, unless there is one of this id; whether it did.
     *
     * @throws Refusal when the id or the secret cannot be kept
     */
    public boolean add(String id, String provider, Secret secret) {
        check(id, secret.reveal());
        return jdbc.sql("""
                        insert into account (id, provider, secret, preview, created_at, updated_at)
                        values (:id, :provider, :secret, :preview, :now, :now)
                        on conflict (id) do nothing
                        """)
                        .param("id", id)
                        .param("provider", provider)
                        .param("secret", withKeyset(() -> seal.seal(id, AccountSeal.SECRET, secret)))
                        .param("preview", preview(secret.reveal()))
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /**
     * Keeps an account, new or instead of the one of this id: that is a new login, and what was known of its health and its
     * tokens is void. False when the account of this id is for another kind of provider; then it stays.
     *
     * @throws Refusal when the id or the secret cannot be kept
     */
    public boolean put(String id, String provider, Secret secret) {
        check(id, secret.reveal());
        return jdbc.sql("""
                        insert into account (id, provider, secret, preview, created_at, updated_at)
                        values (:id, :provider, :secret, :preview, :now, :now)
                        on conflict (id) do update
                           set secret = excluded.secret, preview = excluded.preview, given = null, """ + RENEWED + """
                         where account.provider = excluded.provider
                        """)
                        .param("id", id)
                        .param("provider", provider)
                        .param("secret", withKeyset(() -> seal.seal(id, AccountSeal.SECRET, secret)))
                        .param("preview", preview(secret.reveal()))
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /**
     * Keeps the account of a variable, unless it was kept with this value before: then its secret may have been rotated
     * since. False when the account of this id is of no variable, or for another kind of provider; then it stays.
     */
    boolean adopt(String name, String provider, Secret secret) {
        check(name, secret.reveal());
        var known = jdbc.sql("select provider, given from account where id = :id")
                .param("id", name)
                .query((row, number) -> new Given(row.getString("provider"), row.getBytes("given")))
                .optional();
        if (known.isEmpty()) {
            return insertGiven(name, provider, secret) || adopt(name, provider, secret);
        }
        byte[] before = known.get().box();
        if (before == null || !known.get().provider().equals(provider)) {
            return false;
        }
        if (!withKeyset(() -> seal.open(name, AccountSeal.GIVEN, before)).equals(secret)) {
            replaceGiven(name, secret, before);
        }
        return true;
    }

    private record Given(String provider, byte @Nullable [] box) {}

    private boolean insertGiven(String name, String provider, Secret secret) {
        return jdbc.sql("""
                        insert into account (id, provider, secret, given, preview, created_at, updated_at)
                        values (:id, :provider, :secret, :given, :preview, :now, :now)
                        on conflict (id) do nothing
                        """)
                        .param("id", name)
                        .param("provider", provider)
                        .param("secret", withKeyset(() -> seal.seal(name, AccountSeal.SECRET, secret)))
                        .param("given", withKeyset(() -> seal.seal(name, AccountSeal.GIVEN, secret)))
                        .param("preview", preview(secret.reveal()))
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Once, by whichever replica is the first to have the new value. */
    private void replaceGiven(String name, Secret secret, byte[] before) {
        jdbc.sql("update account set secret = :secret, given = :given, preview = :preview, " + RENEWED
                        + " where id = :id and given = :before")
                .param("id", name)
                .param("secret", withKeyset(() -> seal.seal(name, AccountSeal.SECRET, secret)))
                .param("given", withKeyset(() -> seal.seal(name, AccountSeal.GIVEN, secret)))
                .param("preview", preview(secret.reveal()))
                .param("before", before)
                .update();
    }

    /** The account of this kind that has this very secret now. */
    public Optional<String> holder(String provider, Secret secret) {
        return list(provider).stream()
                .map(Account::id)
                .filter(id -> secret(id).filter(secret::equals).isPresent())
                .findFirst();
    }

    /** Accounts for this kind of provider, the oldest first. */
    public List<Account> list(String provider) {
        return jdbc.sql("""
                        select id, provider, preview, created_at from account
                         where provider = :provider order by created_at, id
                        """)
                .param("provider", provider)
                .query(Accounts::account)
                .list();
    }

    /**
     * The secret of an account.
     *
     * @throws dev.serai.secret.SealBroken when it was not sealed for this account
     */
    public Optional<Secret> secret(String id) {
        return jdbc.sql("select secret from account where id = :id")
                .param("id", id)
                .query((row, number) -> row.getBytes("secret"))
                .optional()
                .map(box -> withKeyset(() -> seal.open(id, AccountSeal.SECRET, box)));
    }

    /** Ends an account; whether there was one. */
    public boolean delete(String id) {
        return jdbc.sql("delete from account where id = :id").param("id", id).update() == 1;
    }

    private static <T> T withKeyset(Supplier<T> work) {
        try {
            return work.get();
        } catch (StartRefused e) {
            throw new Refusal(Kind.OVERLOADED, String.valueOf(e.getMessage()));
        }
    }

    private static void check(String id, String secret) {
        if (id.isBlank() || id.length() > LONGEST_ID || id.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw Refusal.invalid("id", "Must have 1 to " + LONGEST_ID + " characters of ASCII.");
        }
        if (secret.length() > LONGEST_SECRET || secret.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid(
                    "refresh_token",
                    "Must have at most " + LONGEST_SECRET + " characters, without control characters.");
        }
    }

    private static String preview(String secret) {
        int shown = Math.min(SHOWN, secret.length() / 8);
        return secret.substring(0, shown) + "…" + secret.substring(secret.length() - shown);
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getString("id"),
                row.getString("provider"),
                row.getString("preview"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
