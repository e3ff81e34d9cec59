package dev.serai.admin;

import dev.serai.message.Refusal;
import dev.serai.tenant.IsoTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time as the admin API reads them (ISO 8601). */
final class Dates {

    private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

    private Dates() {}

    /**
     * Date and time with any offset, without one in UTC; a date alone means its end in UTC. Microseconds are kept, as in the
     * database.
     */
    static Instant read(String field, String text) {
        Instant read = IsoTime.parse(text)
                .orElseThrow(() -> Refusal.invalid(
                        field,
                        Fields.label(field) + " must be a date such as 2030-12-31, or a time such as"
                                + " 2030-12-31T23:59:59+01:00"));
        return text.strip().matches(DAY) ? read.plus(1, ChronoUnit.DAYS) : read.truncatedTo(ChronoUnit.MICROS);
    }
}
