package dev.serai.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The health of the table {@code account}. All times are the database's. */
final class HealthRows {

    /** A dead account is checked after the interval, twice the interval, and so on up to this. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private static final int LONGEST_REASON = 200;

    private final JdbcClient jdbc;

    HealthRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All accounts, the oldest first. */
    List<AccountStanding> all() {
        return jdbc.sql("""
                        select id, provider, preview, created_at, given is not null as from_variable, health, failures,
                               last_failure, last_failure_at, uses, last_used_at, epoch, generation,
                               (extract(epoch from rests_until - clock_timestamp()) * 1000)::bigint as rest_left
                          from account
                         order by created_at, id
                        """).query(HealthRows::standing).list();
    }

    /** @param epoch in which the failure was seen, or -1 for the present one */
    void rest(String id, long epoch, Duration rest, String reason) {
        jdbc.sql("""
                        update account
                           set health = 'resting',
                               rests_until = greatest(
                                   coalesce(rests_until, '-infinity'),
                                   clock_timestamp() + make_interval(secs => :rest)),
                               failures = failures + 1,
                               last_failure = :reason,
                               last_failure_at = clock_timestamp()
                         where id = :id and health <> 'dead' and (:epoch < 0 or epoch = :epoch)
                        """)
                .param("id", id)
                .param("epoch", epoch)
                .param("rest", AccountRows.seconds(rest))
                .param("reason", shortened(reason))
                .update();
    }

    /**
     * It is dead, or still dead.
     *
     * @param epoch in which the failure was seen, or -1 for the present one
     */
    void dead(String id, long epoch, Duration interval, String reason) {
        jdbc.sql("""
                        update account
                           set health = 'dead',
                               rests_until = null,
                               failures = failures + 1,
                               last_failure = :reason,
                               last_failure_at = clock_timestamp(),
                               checked_at = clock_timestamp(),
                               next_check_at = clock_timestamp() + least(
                                   make_interval(secs => :longest),
                                   make_interval(secs => :interval * power(2, least(failures, 10))))
                         where id = :id and (:epoch < 0 or (epoch = :epoch and health <> 'dead'))
                        """)
                .param("id", id)
                .param("epoch", epoch)
                .param("longest", AccountRows.seconds(LONGEST))
                .param("interval", AccountRows.seconds(interval))
                .param("reason", shortened(reason))
                .update();
    }

    /** A failure that changes nothing yet. */
    void note(String id, String reason) {
        jdbc.sql("""
                        update account
                           set last_failure = :reason, last_failure_at = clock_timestamp(), checked_at = clock_timestamp()
                         where id = :id
                        """).param("id", id).param("reason", shortened(reason)).update();
    }

    /** It has worked after a rest. */
    void recovered(String id, long epoch) {
        jdbc.sql("""
                        update account set health = 'healthy', rests_until = null, failures = 0
                         where id = :id and epoch = :epoch and health = 'resting' and rests_until <= clock_timestamp()
                        """).param("id", id).param("epoch", epoch).update();
    }

    void used(String id, long times) {
        jdbc.sql("update account set uses = uses + :times, last_used_at = clock_timestamp() where id = :id")
                .param("id", id)
                .param("times", times)
                .update();
    }

    /**
     * Dead accounts whose check is due: by their own time, or, while their pool has nobody else, with every interval. Who
     * has waited longest comes first.
     */
    List<String> dueForCheck(List<String> providers, Duration interval, int most) {
        return jdbc.sql("""
                        select id from account a
                         where health = 'dead' and provider in (:providers)
                           and (next_check_at <= clock_timestamp()
                                or (checked_at <= clock_timestamp() - make_interval(secs => :interval)
                                    and not exists (
                                        select from account b where b.provider = a.provider and b.health <> 'dead')))
                         order by checked_at nulls first
                         limit :most
                        """)
                .param("providers", providers)
                .param("interval", AccountRows.seconds(interval))
                .param("most", most)
                .query(String.class)
                .list();
    }

    /** Accounts in use whose access token nears its end, and ones whose secret nobody has used for a month. */
    List<String> dueForRenewal(List<String> providers, int most) {
        return jdbc.sql("""
                        select id from account
                         where health <> 'dead' and provider in (:providers)
                           and ((renew_at <= clock_timestamp() and last_used_at >= access_from)
                                or (secret_at <= clock_timestamp() - interval '30 days'
                                    and coalesce(access_until, '-infinity') <= clock_timestamp()
                                    and coalesce(checked_at, '-infinity') <= clock_timestamp() - interval '1 day'))
                         order by renew_at nulls last
                         limit :most
                        """)
                .param("providers", providers)
                .param("most", most)
                .query(String.class)
                .list();
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }

    private static AccountStanding standing(ResultSet row, int number) throws SQLException {
        Instant created = row.getObject("created_at", OffsetDateTime.class).toInstant();
        return new AccountStanding(
                new Account(row.getString("id"), row.getString("provider"), row.getString("preview"), created),
                row.getBoolean("from_variable"),
                Health.of(row.getString("health")),
                Duration.ofMillis(Math.max(0, row.getLong("rest_left"))),
                row.getInt("failures"),
                row.getString("last_failure"),
                instant(row, "last_failure_at"),
                row.getLong("uses"),
                instant(row, "last_used_at"),
                row.getLong("epoch"),
                row.getLong("generation"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
