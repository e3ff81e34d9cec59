package dev.serai.testkit.chatglm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.emulator.Refused;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Refreshing, guests, and what an account is told about itself. */
public final class ChatglmLogin {

    private final ChatglmAccounts accounts;
    private final AtomicInteger refreshes = new AtomicInteger();
    private final AtomicInteger guests = new AtomicInteger();
    private volatile @Nullable CountDownLatch held;
    private volatile boolean answersLost;

    ChatglmLogin(ChatglmAccounts accounts) {
        this.accounts = accounts;
    }

    /** Refreshes that gave new tokens. */
    public int refreshes() {
        return refreshes.get();
    }

    /** Guest accounts that were made. */
    public int guests() {
        return guests.get();
    }

    /** Refreshes wait, before they have any effect, until the latch opens. */
    public void hold(CountDownLatch until) {
        held = until;
    }

    /** Refreshes take effect, but their answers get lost on the way. */
    public void loseAnswers(boolean lose) {
        answersLost = lose;
    }

    boolean losesAnswers() {
        return answersLost;
    }

    ObjectNode refresh(Received request, ChatglmAccount account) throws InterruptedException {
        account.beginRefresh();
        try {
            var latch = held;
            if (latch != null && !latch.await(60, TimeUnit.SECONDS)) {
                throw new Refused(ChatglmRefusal.ABORTED);
            }
            // The token may have died while this request was held.
            var issued = accounts.issue(request);
            account.refreshed();
            refreshes.incrementAndGet();
            return issued;
        } finally {
            account.endRefresh();
        }
    }

    ObjectNode guest() {
        guests.incrementAndGet();
        var account = accounts.register(true);
        return Json.object()
                .put("access_token", accounts.accessToken(account))
                .put("refresh_token", account.refreshToken())
                .put("user_id", account.userId());
    }

    ObjectNode info(ChatglmAccount account) {
        var info = Json.object().put("user_id", account.userId());
        if (!account.isGuest()) {
            info.putObject("member_info").put("left_score", 100);
        }
        return info;
    }
}
