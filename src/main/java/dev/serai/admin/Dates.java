package dev.serai.admin;

import dev.serai.message.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;

/** Points in time as the admin API reads them (ISO 8601). */
final class Dates {

    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(java.util.Locale.ROOT);

    private Dates() {}

    /** Date, time and offset; a date alone means its end in UTC. Microseconds are kept, as in the database. */
    static Instant read(String field, String text) {
        try {
            return text.indexOf(':') < 0 && text.length() <= "+999999999-12-31".length()
                    ? LocalDate.parse(text)
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : OffsetDateTime.parse(text, WITH_OFFSET).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException | ArithmeticException e) {
            throw Refusal.invalid(
                    field,
                    Fields.label(field)
                            + " must be a date such as 2030-12-31, or a time with its offset such as 2030-12-31T23:59:59Z");
        }
    }
}
