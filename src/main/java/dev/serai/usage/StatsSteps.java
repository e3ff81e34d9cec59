package dev.serai.usage;

import dev.serai.call.Answer;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;

/** The steps that tell what was used. While the database is away they refuse with a time to try again. */
@Configuration(proxyBeanMethods = false)
class StatsSteps {

    private static final Logger log = LoggerFactory.getLogger(StatsSteps.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    /** What the caller's own key has used. */
    @Bean
    Processor keyStats(KeyUsageRepository usage) {
        return exchange -> {
            var key = Call.of(exchange).key();
            exchange.getMessage().setBody(KeyUsageShape.of(key, read(() -> usage.of(key.id()))));
        };
    }

    /** What all keys have used, grouped as the query asks. */
    @Bean
    Processor usageStatistics(UsageStatisticsRepository statistics, Clock clock) {
        return exchange -> {
            var query = UsageQueryReader.statistics(Call.of(exchange).client(), clock.instant());
            exchange.getMessage().setBody(UsageStatisticsShape.of(query, read(() -> statistics.of(query))));
        };
    }

    /** The rows behind the statistics. */
    @Bean
    Processor usageCsv(UsageRowRepository rows, Clock clock) {
        return exchange -> {
            var call = Call.of(exchange);
            var query = UsageQueryReader.rows(call.client(), clock.instant());
            var csv = new UsageCsvStream(call, after -> rows.page(query, after));
            read(() -> {
                csv.begin();
                return csv;
            });
            call.header("content-disposition", "attachment; filename=\"usage.csv\"");
            call.answer(new Answer.Streamed("text/csv;charset=utf-8", csv));
        };
    }

    private static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (TransientDataAccessException
                | RecoverableDataAccessException
                | NonTransientDataAccessResourceException away) {
            log.warn("Usage cannot be read: {}", away.getClass().getSimpleName());
            throw new Refusal(unavailable());
        }
    }

    static Failure unavailable() {
        return Failure.of(
                        Kind.OVERLOADED,
                        FailureClass.GATEWAY,
                        "Usage cannot be read at the moment, or takes too long to add up; a shorter span may help.")
                .withRetryAfter(TRY_AGAIN);
    }
}
