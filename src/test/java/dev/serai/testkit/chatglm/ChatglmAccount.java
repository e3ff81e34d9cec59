package dev.serai.testkit.chatglm;

import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.emulator.Planned;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An account at the service, as its server sees it. */
public final class ChatglmAccount {

    private final String userId;
    private final String deviceId;
    private final boolean guest;
    private final AtomicInteger turnsLeft;
    private final AtomicInteger refreshes = new AtomicInteger();
    private final AtomicInteger refreshing = new AtomicInteger();
    private final AtomicInteger refreshingPeak = new AtomicInteger();
    private final AtomicReference<@Nullable Object> streaming = new AtomicReference<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final Planned<ChatglmEndpoint> planned = new Planned<>();
    private volatile String refreshToken = "";

    ChatglmAccount(String userId, boolean guest, int turnsLeft) {
        this.userId = userId;
        this.deviceId = ChatglmGate.md5(userId);
        this.guest = guest;
        this.turnsLeft = new AtomicInteger(turnsLeft);
    }

    public String userId() {
        return userId;
    }

    /** The device that its tokens are made for. */
    public String deviceId() {
        return deviceId;
    }

    public boolean isGuest() {
        return guest;
    }

    /** The newest refresh token. */
    public String refreshToken() {
        return refreshToken;
    }

    void refreshToken(String newest) {
        refreshToken = newest;
    }

    /** How often a refresh has given a new access token. */
    public int refreshes() {
        return refreshes.get();
    }

    /** How many refreshes have been under way at once. */
    public int refreshingPeak() {
        return refreshingPeak.get();
    }

    /** How many turns were begun. */
    public int turns() {
        return turns.get();
    }

    /** Answers of this account alone: the next ones, each once. */
    public ChatglmAccount next(ChatglmEndpoint endpoint, Script... answers) {
        planned.next(endpoint, answers);
        return this;
    }

    /** The answer of this account alone from now on; {@code null} ends it. */
    public ChatglmAccount always(ChatglmEndpoint endpoint, @Nullable Script answer) {
        planned.always(endpoint, answer);
        return this;
    }

    @Nullable
    Script planned(ChatglmEndpoint endpoint) {
        return planned.take(endpoint);
    }

    void beginRefresh() {
        refreshingPeak.accumulateAndGet(refreshing.incrementAndGet(), Math::max);
    }

    void endRefresh() {
        refreshing.decrementAndGet();
    }

    void refreshed() {
        refreshes.incrementAndGet();
    }

    /** @return false when a guest has no turn left */
    boolean takeTurn() {
        if (guest && turnsLeft.getAndDecrement() <= 0) {
            return false;
        }
        turns.incrementAndGet();
        return true;
    }

    /** @return false when another stream is open already */
    boolean beginStream(Object turn) {
        return streaming.compareAndSet(null, turn);
    }

    /** Does nothing when the turn's stream is over already. */
    void endStream(Object turn) {
        streaming.compareAndSet(turn, null);
    }
}
