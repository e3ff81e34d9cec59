package dev.serai.testkit.zai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.emulator.Planned;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A session at the service: of a guest, or of an account. */
public final class ZaiSession {

    private final String userId;
    private final String email;
    private final boolean guest;
    private final String token;
    private final Instant ends;
    private final Set<Object> streams = ConcurrentHashMap.newKeySet();
    private final AtomicInteger peak = new AtomicInteger();
    private final AtomicInteger turns = new AtomicInteger();
    private final Planned<ZaiEndpoint> planned = new Planned<>();

    ZaiSession(String userId, String email, boolean guest, String token, Instant ends) {
        this.userId = userId;
        this.email = email;
        this.guest = guest;
        this.token = token;
        this.ends = ends;
    }

    public String userId() {
        return userId;
    }

    public String token() {
        return token;
    }

    public boolean isGuest() {
        return guest;
    }

    boolean livesAt(Instant now) {
        return now.isBefore(ends);
    }

    /** How many streams have been open at once. */
    public int streamsPeak() {
        return peak.get();
    }

    /** How many turns were begun. */
    public int turns() {
        return turns.get();
    }

    /** Answers of this session alone: the next ones, each once. */
    public ZaiSession next(ZaiEndpoint endpoint, Script... answers) {
        planned.next(endpoint, answers);
        return this;
    }

    /** The answer of this session alone from now on; {@code null} ends it. */
    public ZaiSession always(ZaiEndpoint endpoint, @Nullable Script answer) {
        planned.always(endpoint, answer);
        return this;
    }

    @Nullable
    Script planned(ZaiEndpoint endpoint) {
        return planned.take(endpoint);
    }

    /** @return false when so many streams are open already */
    synchronized boolean beginStream(Object turn, int limit) {
        if (streams.size() >= limit) {
            return false;
        }
        streams.add(turn);
        turns.incrementAndGet();
        peak.accumulateAndGet(streams.size(), Math::max);
        return true;
    }

    synchronized void endStream(Object turn) {
        streams.remove(turn);
    }

    ObjectNode json() {
        return Json.object()
                .put("id", userId)
                .put("email", email)
                .put("name", guest ? email.substring(0, email.indexOf('@')).replace("guest", "Guest") : "Owner")
                .put("role", guest ? "guest" : "user")
                .put("token", token);
    }
}
