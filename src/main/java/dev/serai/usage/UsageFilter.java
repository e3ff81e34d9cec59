package dev.serai.usage;

import java.sql.Types;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/** The rows of {@code usage_minute} that a query means. */
final class UsageFilter {

    static final String SQL = """
            minute >= :from and minute < :to
                and (cast(:key as uuid) is null or key_id = cast(:key as uuid))
                and (cast(:model as text) is null or model = cast(:model as text))
                and (cast(:provider as text) is null or provider = cast(:provider as text))""";

    private UsageFilter() {}

    static MapSqlParameterSource parameters(UsageQuery query) {
        return new MapSqlParameterSource()
                .addValue("from", query.from().atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .addValue("to", query.to().atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .addValue("key", query.keyId() == null ? null : query.keyId().toString(), Types.VARCHAR)
                .addValue("model", query.model(), Types.VARCHAR)
                .addValue("provider", query.provider(), Types.VARCHAR);
    }
}
