package dev.serai.tenant;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/** Points in time as people and other gateways write them. */
public final class IsoTime {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private IsoTime() {}

    /**
     * The instant that an ISO 8601 date with time and any offset names; without an offset it is UTC, without a time the
     * day's first instant. A space may stand for the T. Empty when it is none.
     */
    public static Optional<Instant> parse(String text) {
        try {
            TemporalAccessor read = FORMAT.parseBest(
                    text.strip()
                            .replaceFirst("^([0-9-]{10}) ", "$1T")
                            .replaceFirst("(T.*[+-][0-9]{2})([0-9]{2})$", "$1:$2"),
                    OffsetDateTime::from,
                    LocalDateTime::from,
                    LocalDate::from);
            if (read instanceof OffsetDateTime time) {
                return Optional.of(time.toInstant());
            }
            LocalDateTime local = read instanceof LocalDate day ? day.atStartOfDay() : LocalDateTime.from(read);
            return Optional.of(local.toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
