package dev.serai.usage;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sums over the table {@code usage_minute}. */
@Component
final class UsageStatisticsRepository {

    /** Groups that are told; a week of minutes, a year of hours. */
    static final int MOST = 10_080;

    private static final String SUMS = """
            with used as (
                select %s as part, m.* from usage_minute m where %s
            ), sums as (
                select part, grouping(part) as whole, currency, max(key_name) as key_name, sum(calls) as calls,
                       sum(failures) as failures, sum(estimated) as estimated, sum(input_tokens) as input_tokens,
                       sum(cached_input_tokens) as cached_input_tokens, sum(cache_write_tokens) as cache_write_tokens,
                       sum(output_tokens) as output_tokens, sum(reasoning_tokens) as reasoning_tokens,
                       sum(cost_nanos) as cost_nanos
                  from used group by grouping sets ((part, currency), (currency))
            )
            select part, max(key_name) as key_name, sum(calls) as calls, sum(failures) as failures,
                   sum(estimated) as estimated, sum(input_tokens) as input_tokens,
                   sum(cached_input_tokens) as cached_input_tokens, sum(cache_write_tokens) as cache_write_tokens,
                   sum(output_tokens) as output_tokens, sum(reasoning_tokens) as reasoning_tokens,
                   array_agg(currency) as currencies, array_agg(cost_nanos) as costs
              from sums group by whole, part
             order by whole desc, %s
             limit :most
            """;

    private static final String BY_TIME = "part";
    private static final String BY_TOKENS = "sum(input_tokens) + sum(output_tokens) desc, part";

    private final JdbcClient jdbc;

    UsageStatisticsRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The total first, if there was any use; then the groups, by time or the largest first, one more than are told. */
    List<UsageSum> of(UsageQuery query) {
        var by = query.by();
        String statement = SUMS.formatted(by.expression(), UsageFilter.SQL, by.isTime() ? BY_TIME : BY_TOKENS);
        return jdbc.sql(statement)
                .paramSource(UsageFilter.parameters(query).addValue("most", MOST + 2))
                .query(UsageStatisticsRepository::sum)
                .list();
    }

    private static UsageSum sum(ResultSet row, int number) throws SQLException {
        return new UsageSum(
                row.getString("part"),
                row.getString("key_name"),
                row.getBigDecimal("calls"),
                row.getBigDecimal("failures"),
                row.getBigDecimal("estimated"),
                row.getBigDecimal("input_tokens"),
                row.getBigDecimal("cached_input_tokens"),
                row.getBigDecimal("cache_write_tokens"),
                row.getBigDecimal("output_tokens"),
                row.getBigDecimal("reasoning_tokens"),
                costs(row.getArray("currencies"), row.getArray("costs")));
    }

    /** A use without a price has no currency and no cost. */
    private static Map<String, BigDecimal> costs(Array currencies, Array costs) throws SQLException {
        var names = (String[]) currencies.getArray();
        var amounts = (BigDecimal[]) costs.getArray();
        var all = new TreeMap<String, BigDecimal>();
        for (int i = 0; i < names.length; i++) {
            if (!names[i].isEmpty()) {
                all.put(names[i], amounts[i]);
            }
        }
        return all;
    }
}
