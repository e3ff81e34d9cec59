package dev.serai.testkit;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the ledger adds up: what is kept as sums against what they are the sums of. */
public final class LedgerSums {

    private static final String DRIFT = """
            with sums as (
                select a.*,
                       (select coalesce(sum(tokens), 0) from quota_bucket b
                         where b.key_id = a.key_id and b.minute >= a.day_from) as day_sum,
                       (select coalesce(sum(spend), 0) from quota_bucket b
                         where b.key_id = a.key_id and b.minute >= a.day_from) as spend_sum,
                       (select coalesce(sum(tokens), 0) from quota_bucket b
                         where b.key_id = a.key_id and b.minute >= a.five_hours_from) as five_hours_sum,
                       (select coalesce(sum(tokens), 0) from reservation r where r.key_id = a.key_id) as reserved_sum,
                       (select coalesce(sum(spend), 0) from reservation r where r.key_id = a.key_id) as reserved_spend_sum,
                       (select count(*) from reservation r where r.key_id = a.key_id) as calls,
                       (select coalesce(sum(tokens), 0) from quota_bucket b where b.key_id = a.key_id) as buckets,
                       (select coalesce(sum(input_tokens + output_tokens), 0) from usage_event e
                         where e.key_id = a.key_id) as events,
                       (select coalesce(sum(input_tokens + output_tokens), 0) from usage_minute m
                         where m.key_id = a.key_id) as minutes,
                       (select max(lifetime_tokens) from api_key k where k.id = a.key_id) as lifetime
                  from quota_account a)
            select row_to_json(s)::text from sums s
             where day_tokens <> day_sum or day_spend <> spend_sum or five_hours_tokens <> five_hours_sum
                or reserved_tokens <> reserved_sum or reserved_spend <> reserved_spend_sum
                or open_calls <> calls or buckets <> events or minutes <> events or lifetime <> events
            """;

    private LedgerSums() {}

    /** The accounts that do not add up; empty when all do. */
    public static List<String> drift(JdbcClient jdbc) {
        return jdbc.sql(DRIFT).query(String.class).list();
    }

    /** Reservations that are open. */
    public static long open(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from reservation").query(Long.class).single();
    }
}
