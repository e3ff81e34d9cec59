package dev.serai.testkit.zai;

import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.emulator.Queries;
import dev.serai.testkit.emulator.SyntheticTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sessions of guests and accounts, by their tokens. */
public final class ZaiSessions {

    private final Clock clock;
    private final SyntheticTokens tokens = new SyntheticTokens("ES256");
    private final Map<String, ZaiSession> sessions = new HashMap<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private Duration guestLife = Duration.ofDays(30);
    private int guestLimit = Integer.MAX_VALUE;
    private int guests;
    private int made;

    ZaiSessions(Clock clock) {
        this.clock = clock;
    }

    /** The life of guest sessions made from now on. */
    public synchronized ZaiSessions guestLife(Duration life) {
        guestLife = life;
        return this;
    }

    /** After so many guests in all, further ones are refused as too many from one address. */
    public synchronized ZaiSessions guestLimit(int limit) {
        guestLimit = limit;
        return this;
    }

    /** An account with a token, as its owner copies it from a browser. */
    public synchronized ZaiSession register() {
        return session("owner-" + (made + 1) + "@mail.example", false, Duration.ofDays(3650));
    }

    /** A new guest. @throws Refused above the limit */
    public synchronized ZaiSession guest() {
        if (guests >= guestLimit) {
            throw ZaiRefusal.detail(429, "Too many requests").refused();
        }
        guests++;
        return session("guest-" + (clock.millis() + made) + "@guest.com", true, guestLife);
    }

    /** Makes a session's token worthless. */
    public synchronized void kill(ZaiSession session) {
        sessions.remove(session.token());
    }

    /** How many guest sessions were made. */
    public synchronized int guests() {
        return guests;
    }

    /** Every token that was sent, in the order of first sight. */
    public synchronized List<String> tokensSeen() {
        return List.copyOf(seen);
    }

    /** The session of a request. @return {@code null} when its token is worth nothing */
    synchronized @Nullable ZaiSession find(Received request) {
        String token = Queries.bearer(request);
        if (!token.isEmpty()) {
            seen.add(token);
        }
        var session = sessions.get(token);
        return session != null && session.livesAt(clock.instant()) ? session : null;
    }

    /** What a session is told about itself; whoever is nobody becomes a new guest. */
    synchronized ZaiSession validated(Received request) {
        var session = find(request);
        return session == null ? guest() : session;
    }

    /** The session of a request. @throws Refused when its token is worth nothing */
    ZaiSession calling(Received request) {
        var session = find(request);
        if (session == null) {
            throw ZaiRefusal.SESSION_DEAD.refused();
        }
        return session;
    }

    private ZaiSession session(String email, boolean guest, Duration life) {
        String id = "user-%04d".formatted(++made);
        String token = tokens.of(Json.object().put("id", id).put("email", email));
        var session = new ZaiSession(id, email, guest, token, clock.instant().plus(life));
        sessions.put(token, session);
        return session;
    }
}
