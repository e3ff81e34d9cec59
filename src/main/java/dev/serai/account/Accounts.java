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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code account}. Methods that seal or open refuse when there is no keyset. */
@Component
public final class Accounts {

    private static final int LONGEST_ID = 128;
    private static final int LONGEST_SECRET = 16_384;
    private static final int SHOWN = 4;

    private final JdbcClient jdbc;
    private final Sealer sealer;
    private final Clock clock;

    public Accounts(JdbcClient jdbc, Sealer sealer, Clock clock) {
        this.jdbc = jdbc;
        this.sealer = sealer;
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
                        .param("secret", withKeyset(() -> sealer.seal(secret, place(id))))
                        .param("preview", preview(secret.reveal()))
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
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
                .map(box -> withKeyset(() -> sealer.open(box, place(id))));
    }

    /** Ends an account; whether there was one. */
    public boolean delete(String id) {
        return jdbc.sql("delete from account where id = :id").param("id", id).update() == 1;
    }

    private static Sealer.Place place(String id) {
        return new Sealer.Place("account", id, "secret");
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
