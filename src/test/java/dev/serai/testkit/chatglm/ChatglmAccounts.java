package dev.serai.testkit.chatglm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.emulator.Queries;
import dev.serai.testkit.emulator.SyntheticTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accounts and the tokens that were given out for them: who is who, and until when. */
public final class ChatglmAccounts {

    private enum Kind {
        REFRESH,
        ACCESS
    }

    private record Grant(ChatglmAccount account, Kind kind, Instant ends) {}

    private final ChatglmGate gate;
    private final SyntheticTokens tokens = new SyntheticTokens("HS512");
    private final Map<String, Grant> grants = new HashMap<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private Duration accessLife = Duration.ofHours(24);
    private Duration refreshLife = Duration.ofDays(180);
    private boolean strict;
    private boolean boundToDevice;
    private int guestTurns = 3;
    private int made;

    ChatglmAccounts(ChatglmGate gate) {
        this.gate = gate;
    }

    /** A refresh makes the token it was asked with worthless at once. Else that one lives on to its own end. */
    public synchronized ChatglmAccounts strict() {
        strict = true;
        return this;
    }

    /** A call is taken only from the device that its access token names. */
    public synchronized ChatglmAccounts boundToDevice() {
        boundToDevice = true;
        return this;
    }

    /** The life of access tokens made from now on. */
    public synchronized ChatglmAccounts accessLife(Duration life) {
        accessLife = life;
        return this;
    }

    /** The life of refresh tokens made from now on. */
    public synchronized ChatglmAccounts refreshLife(Duration life) {
        refreshLife = life;
        return this;
    }

    /** How many turns guests have that come from now on. */
    public synchronized ChatglmAccounts guestTurns(int turns) {
        guestTurns = turns;
        return this;
    }

    /** A new account with a refresh token, as its owner copies it from a browser. */
    public synchronized ChatglmAccount register() {
        return register(false);
    }

    synchronized ChatglmAccount register(boolean guest) {
        var account = new ChatglmAccount("u-" + (1000 + ++made), guest, guestTurns);
        account.refreshToken(grant(account, Kind.REFRESH, refreshLife));
        return account;
    }

    /** Makes all access tokens of an account worthless. */
    public synchronized void killAccess(ChatglmAccount account) {
        grants.values().removeIf(grant -> grant.account() == account && grant.kind() == Kind.ACCESS);
    }

    /** Makes all refresh tokens of an account worthless but its newest. */
    public synchronized void keepNewestRefreshToken(ChatglmAccount account) {
        grants.entrySet()
                .removeIf(grant -> grant.getValue().account() == account
                        && grant.getValue().kind() == Kind.REFRESH
                        && !grant.getKey().equals(account.refreshToken()));
    }

    /** Makes all tokens of an account worthless. */
    public synchronized void kill(ChatglmAccount account) {
        grants.values().removeIf(grant -> grant.account() == account);
    }

    /** A new access token of an account, without the refresh that a client needs for it. */
    public synchronized String accessToken(ChatglmAccount account) {
        return grant(account, Kind.ACCESS, accessLife);
    }

    /** Every token that was sent, in the order of first sight. */
    public synchronized List<String> tokensSeen() {
        return List.copyOf(seen);
    }

    /** The account of the refresh token that a request carries. @throws Refused when it is worth nothing */
    synchronized ChatglmAccount refreshing(Received request) {
        var grant = grant(request);
        if (grant == null || grant.kind() != Kind.REFRESH) {
            throw ChatglmRefusal.REFRESH_EXPIRED.refused();
        }
        return grant.account();
    }

    /** The account of the access token that a request carries. @throws Refused when it is worth nothing */
    synchronized ChatglmAccount calling(Received request) {
        var grant = grant(request);
        if (grant == null || grant.kind() != Kind.ACCESS) {
            throw ChatglmRefusal.ACCESS_DEAD.refused();
        }
        if (!request.header("x-device-id").equals(grant.account().deviceId())) {
            if (boundToDevice) {
                throw ChatglmRefusal.HEADER_MISSING.refused();
            }
            gate.complain("device id is not the token's");
        }
        return grant.account();
    }

    /** New tokens for the account of the refresh token that a request carries. @throws Refused when it is worth nothing */
    synchronized ObjectNode issue(Received request) {
        var account = refreshing(request);
        if (strict) {
            grants.remove(Queries.bearer(request));
        }
        account.refreshToken(grant(account, Kind.REFRESH, refreshLife));
        return Json.object()
                .put("user_id", account.userId())
                .put("access_token", grant(account, Kind.ACCESS, accessLife))
                .put("refresh_token", account.refreshToken())
                .put("is_guest", account.isGuest())
                .put("mode", "normal");
    }

    private @Nullable Grant grant(Received request) {
        String token = Queries.bearer(request);
        if (!token.isEmpty()) {
            seen.add(token);
        }
        var grant = grants.get(token);
        return grant == null || !grant.ends().isAfter(gate.clock().instant()) ? null : grant;
    }

    private String grant(ChatglmAccount account, Kind kind, Duration life) {
        var ends = gate.clock().instant().plus(life);
        String token = tokens.of(Json.object()
                .put("sub", account.userId())
                .put("device_id", account.deviceId())
                .put("type", kind == Kind.ACCESS ? "access" : "refresh")
                .put("exp", ends.getEpochSecond()));
        grants.put(token, new Grant(account, kind, ends));
        return token;
    }
}
