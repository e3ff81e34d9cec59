package dev.serai.routing;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told when every candidate has failed. In this order: the caller's own mistake; 504 when the upstreams
 * only kept it waiting; 502 when one failed; 404 when none of them knows the model, for then no repetition helps; else 503
 * with the shortest wait. A refused credential is never the caller's fault, so it is among the 503s.
 */
final class WalkVerdict {

    private static final String BUSY = "No provider can take the request right now.";
    /** Sentences that say no more than this one. */
    private static final Set<String> STOCK = Set.of(BUSY, "The upstream provider is overloaded.");

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration UNKNOWN = Duration.ofMinutes(1);

    private final List<Failure> failures = new ArrayList<>(2);
    private boolean late;

    void add(Failure failure) {
        failures.add(failure);
    }

    /** The deadline passed before the candidates were used up. */
    void late() {
        late = true;
    }

    /**
     * The verdict.
     *
     * @param trouble why nobody could be tried, or {@code ""}
     */
    Failure of(Supplier<Duration> wait, Supplier<String> trouble) {
        var own = own();
        if (own != null) {
            return own;
        }
        boolean failed = any(WalkVerdict::failed);
        if (failed || late) {
            return !failed || failures.stream().filter(WalkVerdict::failed).allMatch(f -> f.kind() == Kind.TIMEOUT)
                    ? Failure.of(
                            Kind.TIMEOUT,
                            FailureClass.TIMEOUT_FIRST_BYTE,
                            "The upstream provider did not answer in time.")
                    : upstream();
        }
        if (!failures.isEmpty() && failures.stream().allMatch(WalkVerdict::unserved)) {
            return unserved();
        }
        String said = trouble.get();
        String why = said.isEmpty() ? lastReason() : said;
        return Failure.of(Kind.OVERLOADED, FailureClass.OVERLOAD, why.isEmpty() ? BUSY : because(why))
                .withRetryAfter(wholeSeconds(wait.get()));
    }

    /** Why the last candidate could not take the call, where it said more than that it could not; else {@code ""}. */
    private String lastReason() {
        return failures.reversed().stream()
                .filter(failure -> failure.kind() == Kind.OVERLOADED)
                .map(Failure::message)
                .filter(message -> !STOCK.contains(message))
                .map(WalkVerdict::asPart)
                .findFirst()
                .orElse("");
    }

    private static String because(String why) {
        return BUSY.substring(0, BUSY.length() - 1) + ": " + why + '.';
    }

    /** A sentence behind a colon. */
    private static String asPart(String sentence) {
        int end = sentence.endsWith(".") ? sentence.length() - 1 : sentence.length();
        return end < 1 ? "" : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1, end);
    }

    /** The wait until the first of the candidates may be tried again. */
    static Duration soonest(FailoverState state, List<PlannedProvider> providers) {
        Duration soonest = null;
        for (var provider : providers) {
            var model = state.health().left(provider.model());
            for (var use : provider.uses()) {
                soonest = shorter(soonest, longer(state.credentials().left(use), model));
            }
            var pool = provider.pool();
            if (pool != null && provider.uses().isEmpty()) {
                soonest = shorter(soonest, longer(pool.soonest(provider.model().baseUrl()), model));
            }
        }
        return soonest == null ? UNKNOWN : soonest;
    }

    private static Duration shorter(@Nullable Duration soonest, Duration wait) {
        return soonest == null || wait.compareTo(soonest) < 0 ? wait : soonest;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /** What the pools of the candidates say of themselves, and why credentials rest. */
    static String trouble(FailoverState state, List<PlannedProvider> providers) {
        return providers.stream()
                .flatMap(provider -> {
                    var pool = provider.pool();
                    return pool != null
                            ? Stream.of(pool.trouble(provider.model().baseUrl()))
                            : provider.uses().stream()
                                    .map(state.credentials()::why)
                                    .filter(why -> !STOCK.contains(why))
                                    .map(WalkVerdict::asPart);
                })
                .filter(said -> !said.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** What ended the walk, or a prompt that is too long and met no other failure of an upstream since. */
    private @Nullable Failure own() {
        for (int i = failures.size() - 1; i >= 0; i--) {
            var failure = failures.get(i);
            switch (failure.type()) {
                case CLIENT, REASONING, CONTENT, CONTEXT, GATEWAY, CLIENT_GONE -> {
                    return failure;
                }
                default -> {
                    if (failed(failure)) {
                        return null;
                    }
                }
            }
        }
        return null;
    }

    private static boolean unserved(Failure failure) {
        return failure.type() == FailureClass.MODEL || failure.type() == FailureClass.UNSUPPORTED;
    }

    /** What the first provider cannot do, told as it is; else that none knows the model. */
    private Failure unserved() {
        return failures.stream()
                .filter(failure -> failure.type() == FailureClass.UNSUPPORTED)
                .findFirst()
                .orElseGet(this::unknownModel);
    }

    private Failure unknownModel() {
        return any(f -> f.kind() == Kind.MODEL_NOT_FOUND)
                ? new Failure(
                        Kind.MODEL_NOT_FOUND,
                        FailureClass.MODEL,
                        "The model is not served by any of its providers.",
                        "model",
                        null)
                : upstream();
    }

    private static Failure upstream() {
        return Failure.of(Kind.UPSTREAM_ERROR, FailureClass.UPSTREAM, "The upstream provider failed.");
    }

    private boolean any(Predicate<Failure> test) {
        return failures.stream().anyMatch(test);
    }

    private static boolean failed(Failure failure) {
        return switch (failure.type()) {
            case UPSTREAM, NETWORK, TIMEOUT_FIRST_BYTE, STREAM_BROKEN, EMPTY -> true;
            default -> false;
        };
    }

    private static Duration wholeSeconds(Duration wait) {
        long seconds = wait.plusNanos(999_999_999).toSeconds();
        return Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST.toSeconds()));
    }
}
