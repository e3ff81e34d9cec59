package dev.serai.quota;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param databaseAway what becomes of calls whose limits cannot be looked at */
@ConfigurationProperties(prefix = "serai.quota", ignoreUnknownFields = false)
public record QuotaProperties(@DefaultValue("refuse") DatabaseAway databaseAway) {

    public enum DatabaseAway {
        /** They get 503 with a time to try again. */
        REFUSE,
        /** They go on without a limit; what they use is settled once the database is back. */
        SERVE
    }
}
