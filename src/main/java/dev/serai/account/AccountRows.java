package dev.serai.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tokens of the table {@code account}, read and written by one connection or by many. All times are the database's. */
final class AccountRows {

    private static final String SELECT = """
            select id, provider, secret, previous_secret, access_token, subject, generation, health, failures, last_failure,
                   (extract(epoch from access_until - clock_timestamp()) * 1000)::bigint as access_left,
                   (extract(epoch from access_until - access_from) * 1000)::bigint as access_life,
                   (extract(epoch from renew_at - clock_timestamp()) * 1000)::bigint as renew_left
              from account
             where id = :id
            """;

    private final JdbcClient jdbc;

    AccountRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<AccountRow> find(String id) {
        return select(SELECT, id);
    }

    /** The account, which nobody else changes until the transaction ends; waits for who does it now. */
    Optional<AccountRow> lock(String id) {
        jdbc.sql("set local lock_timeout = '10s'").update();
        return select(SELECT + " for update", id);
    }

    /** The account, unless somebody changes it now. */
    Optional<AccountRow> lockUnlessLocked(String id) {
        return select(SELECT + " for update skip locked", id);
    }

    private Optional<AccountRow> select(String sql, String id) {
        return jdbc.sql(sql).param("id", id).query(AccountRows::row).optional();
    }

    /**
     * New tokens, sealed.
     *
     * @param rotated the secret is another than before
     * @param heal what rests or is dead is healthy from now on
     * @return their generation
     */
    long grant(
            String id,
            byte[] secret,
            byte @Nullable [] previousSecret,
            boolean rotated,
            byte[] access,
            Duration life,
            Duration renew,
            @Nullable String subject,
            boolean heal) {
        return jdbc.sql("""
                        update account
                           set secret = :secret,
                               previous_secret = :previous,
                               secret_at = case when :rotated then clock_timestamp() else secret_at end,
                               access_token = :access,
                               access_from = clock_timestamp(),
                               access_until = clock_timestamp() + make_interval(secs => :life),
                               renew_at = clock_timestamp() + make_interval(secs => :renew),
                               subject = coalesce(:subject, subject),
                               generation = generation + 1,
                               epoch = epoch + case when :heal and health <> 'healthy' then 1 else 0 end,
                               failures = case when :heal then 0 else failures end,
                               rests_until = case when :heal then null else rests_until end,
                               health = case when :heal then 'healthy' else health end,
                               checked_at = clock_timestamp(),
                               next_check_at = null,
                               updated_at = clock_timestamp()
                         where id = :id
                        returning generation
                        """)
                .param("id", id)
                .param("secret", secret)
                .param("previous", previousSecret)
                .param("rotated", rotated)
                .param("access", access)
                .param("life", seconds(life))
                .param("renew", seconds(renew))
                .param("subject", subject)
                .param("heal", heal)
                .query(Long.class)
                .single();
    }

    /** The last attempt with the secret before the present one has been made. */
    void dropPrevious(String id) {
        jdbc.sql("update account set previous_secret = null where id = :id")
                .param("id", id)
                .update();
    }

    /** A renewal ahead of the token's end has failed, and does not matter yet. */
    void renewLater(String id, Duration wait) {
        jdbc.sql("update account set renew_at = clock_timestamp() + make_interval(secs => :wait)"
                        + " where id = :id and access_token is not null")
                .param("id", id)
                .param("wait", seconds(wait))
                .update();
    }

    /** Forgets the access token of this generation. */
    void forgetAccess(String id, long generation) {
        jdbc.sql("""
                        update account
                           set access_token = null, access_from = null, access_until = null, renew_at = null
                         where id = :id and generation = :generation
                        """).param("id", id).param("generation", generation).update();
    }

    static double seconds(Duration time) {
        return time.toMillis() / 1_000.0;
    }

    private static AccountRow row(ResultSet row, int number) throws SQLException {
        return new AccountRow(
                row.getString("id"),
                row.getString("provider"),
                row.getBytes("secret"),
                row.getBytes("previous_secret"),
                row.getBytes("access_token"),
                Duration.ofMillis(row.getLong("access_left")),
                Duration.ofMillis(row.getLong("access_life")),
                Duration.ofMillis(row.getLong("renew_left")),
                row.getString("subject"),
                row.getLong("generation"),
                Health.of(row.getString("health")),
                row.getInt("failures"),
                row.getString("last_failure"));
    }
}
