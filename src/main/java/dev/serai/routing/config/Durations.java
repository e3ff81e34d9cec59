package dev.serai.routing.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code timeouts}: lengths such as {@code 500ms}, {@code 10s}, {@code 2m}, {@code 1h}, up to 24 hours. */
final class Durations {

    private static final List<String> MEMBERS = List.of("connect", "firstByte", "idle", "total");
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Duration MAX = Duration.ofHours(24);

    private Durations() {}

    /** The member {@code timeouts}; {@link Timeouts#NONE} when it is absent. */
    static Timeouts timeouts(Fields entry) {
        var fields = entry.fields("timeouts", MEMBERS);
        return fields == null
                ? Timeouts.NONE
                : new Timeouts(
                        duration(fields, "connect"),
                        duration(fields, "firstByte"),
                        duration(fields, "idle"),
                        duration(fields, "total"));
    }

    private static @Nullable Duration duration(Fields fields, String name) {
        if (fields.tree(name) instanceof Tree.Scalar scalar && scalar.value().isNumber()) {
            fields.problem(name, "needs a unit, such as 10s or 500ms");
            return null;
        }
        var text = fields.text(name);
        var duration = text == null ? Optional.<Duration>empty() : parse(text);
        if (text != null && duration.isEmpty()) {
            fields.problem(name, "must be a length of time such as 500ms, 10s, 2m or 1h, more than 0 and at most 24h");
        }
        return duration.orElse(null);
    }

    /** The length of time, if it is one, is more than nothing and at most 24 hours. */
    static Optional<Duration> parse(String text) {
        var match = FORM.matcher(text.trim());
        if (!match.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(match.group(1));
        var duration = switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        return Optional.of(duration).filter(d -> d.isPositive() && d.compareTo(MAX) <= 0);
    }
}
