package dev.serai.account;

import dev.serai.credential.CredentialPool;
import dev.serai.credential.PoolMember;
import dev.serai.credential.PoolMembers;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The accounts of one kind of provider, as they were last read, and who of them may be tried by now. */
final class AccountPool implements CredentialPool {

    /** Shorter rests are this process's own business. */
    private static final Duration SHARED = Duration.ofSeconds(2);

    private static final Duration UNKNOWN = Duration.ofMinutes(1);

    private final String kind;
    private final AccountNotes notes;
    private final Runnable look;
    private final Duration interval;
    private final LongSupplier nanos;
    private volatile Seen seen;

    /**
     * @param look is run whenever somebody asks for members
     * @param interval between two checks of dead accounts
     */
    AccountPool(String kind, AccountNotes notes, Runnable look, Duration interval, LongSupplier nanos) {
        this.kind = kind;
        this.notes = notes;
        this.look = look;
        this.interval = interval;
        this.nanos = nanos;
        this.seen = new Seen(List.of(), PoolMembers.of(List.of()), Long.MAX_VALUE);
    }

    /** @param until the end of its rest; of one that is dead it means nothing */
    private record Place(AccountStanding standing, PoolMember member, long until) {

        boolean isFree(long now) {
            return health(now) == Health.HEALTHY;
        }

        /** Whose rest is over counts as healthy. */
        Health health(long now) {
            return standing.health() == Health.RESTING && until - now <= 0 ? Health.HEALTHY : standing.health();
        }
    }

    /** @param lookAgainAt when somebody's rest is over; {@link Long#MAX_VALUE} for never */
    private record Seen(List<Place> places, PoolMembers free, long lookAgainAt) {}

    @Override
    public String kind() {
        return kind;
    }

    /**
     * The accounts of this kind.
     *
     * @param readAt when they were read
     */
    synchronized void read(List<AccountStanding> accounts, long readAt) {
        arrange(
                accounts.stream()
                        .map(standing -> new Place(
                                standing,
                                new PoolMember(standing.id(), Long.toString(standing.epoch())),
                                readAt + standing.restLeft().toNanos()))
                        .toList(),
                nanos.getAsLong());
    }

    private synchronized void arrange(List<Place> places, long now) {
        var free = places.stream()
                .filter(place -> place.isFree(now))
                .map(Place::member)
                .toList();
        long soonest = places.stream()
                .filter(place -> place.standing.health() == Health.RESTING && !place.isFree(now))
                .mapToLong(Place::until)
                .reduce(Long.MAX_VALUE, (a, b) -> a == Long.MAX_VALUE || b - a < 0 ? b : a);
        var before = seen.free;
        seen = new Seen(places, before.all().equals(free) ? before : before.next(free), soonest);
    }

    @Override
    public PoolMembers members(String baseUrl) {
        look.run();
        long now = nanos.getAsLong();
        var known = seen;
        if (known.lookAgainAt != Long.MAX_VALUE && now - known.lookAgainAt >= 0) {
            synchronized (this) {
                arrange(seen.places, now);
                known = seen;
            }
        }
        return known.free;
    }

    long count(Health health) {
        long now = nanos.getAsLong();
        return seen.places.stream().filter(place -> place.health(now) == health).count();
    }

    @Override
    public Duration soonest(String baseUrl) {
        if (!members(baseUrl).all().isEmpty()) {
            return Duration.ZERO;
        }
        var known = seen;
        var dead = known.places.isEmpty() ? UNKNOWN : interval;
        if (known.lookAgainAt == Long.MAX_VALUE) {
            return dead;
        }
        return Duration.ofNanos(Math.max(0, known.lookAgainAt - nanos.getAsLong()));
    }

    @Override
    public String trouble(String baseUrl) {
        if (!members(baseUrl).all().isEmpty()) {
            return "";
        }
        var places = seen.places;
        if (places.isEmpty()) {
            return "there is no account for " + kind;
        }
        var reasons = places.stream()
                .map(place -> reason(place.standing))
                .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()));
        var told = new ArrayList<String>();
        reasons.entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
                .limit(3)
                .forEach(entry -> told.add(entry.getKey() + " (" + entry.getValue() + ")"));
        return "no account for " + kind + " can be used: " + String.join(", ", told);
    }

    private static String reason(AccountStanding standing) {
        var reason = standing.lastFailure();
        if (reason == null || reason.isBlank()) {
            return standing.health() == Health.DEAD ? "Needs a new login" : "Rests";
        }
        return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }

    @Override
    public void succeeded(PoolMember member) {
        notes.used(member.name());
        var place = place(member);
        if (place != null && place.standing.health() == Health.RESTING) {
            notes.recovered(member);
        }
    }

    @Override
    public void failed(PoolMember member, Failure failure, Duration rest) {
        notes.used(member.name());
        switch (failure.type()) {
            case KEY_DEAD -> notes.dead(member, words(failure));
            case QUOTA, QUOTA_WINDOW, RATE -> {
                if (rest.compareTo(SHARED) >= 0) {
                    notes.rests(member, rest, words(failure));
                }
            }
            default -> {
                // the account is none the worse for it, or only for one model, which this process remembers
            }
        }
    }

    private @Nullable Place place(PoolMember member) {
        for (var place : seen.places) {
            if (place.member.equals(member)) {
                return place;
            }
        }
        return null;
    }

    /** What is said of the failure, unless that is the sentence for all of its kind. */
    private static String words(Failure failure) {
        if (failure.kind() == Kind.OVERLOADED && !failure.message().startsWith("No provider can take")) {
            return failure.message();
        }
        return failure.type() == FailureClass.KEY_DEAD
                ? "Its provider refuses it."
                : failure.type() == FailureClass.RATE ? "Too many requests." : "Its quota is used up.";
    }
}
