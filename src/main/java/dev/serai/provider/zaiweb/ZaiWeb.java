package dev.serai.provider.zaiweb;

import dev.serai.call.Call;
import dev.serai.routing.Candidate;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** What all attempts at chat.z.ai share: who is asked, and how a request is made. */
final class ZaiWeb {

    /** The kind, as ROUTES_CONFIG names it. */
    static final String KIND = "zai-web";

    private final ZaiWebProperties settings;
    private final ZaiWebPool guests;
    private final AccountSessions accounts;
    private final SessionCalls sessions;
    private final FrontEnd frontEnd;
    private final Signature signature;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Duration defaultConnect;

    ZaiWeb(
            ZaiWebProperties settings,
            ZaiWebPool guests,
            AccountSessions accounts,
            SessionCalls sessions,
            FrontEnd frontEnd,
            Clock clock,
            Supplier<UUID> ids,
            Duration defaultConnect) {
        this.settings = settings;
        this.guests = guests;
        this.accounts = accounts;
        this.sessions = sessions;
        this.frontEnd = frontEnd;
        this.signature = new Signature(settings.signingKey());
        this.clock = clock;
        this.ids = ids;
        this.defaultConnect = defaultConnect;
    }

    /** The account whose key the candidate has, else a guest. @throws dev.serai.message.Refusal when there is nobody */
    SessionLease session(Candidate candidate) {
        var baseUrl = candidate.provider().baseUrl();
        var key = candidate.key();
        if (key != null) {
            return accounts.take(baseUrl, key.name(), key.secret());
        }
        var member = candidate.member();
        return guests.take(baseUrl, member == null ? null : member.name());
    }

    /** The beginning of an attempt; the place on its session is given back at the end of the call at the latest. */
    ZaiAttempt attempt(Call call) {
        var candidate = call.running().candidate();
        var profile = Profile.of(candidate.provider().customParams());
        long start = call.nanos();
        try {
            var lease = session(candidate);
            call.atEnd(lease::close);
            return new ZaiAttempt(this, call, profile, lease);
        } finally {
            call.waited(call.nanos() - start);
        }
    }

    ZaiSurface surface(Profile profile, boolean folded, ZaiFailures failures, String answerId) {
        return new ZaiSurface(
                new ZaiRequestEncoder(profile, folded, clock), failures, answerId, settings.showThinkTags());
    }

    ChatIds newIds() {
        return new ChatIds(id(), id(), id(), id(), id());
    }

    private String id() {
        return ids.get().toString();
    }

    SessionCalls sessions() {
        return sessions;
    }

    FrontEnd frontEnd() {
        return frontEnd;
    }

    Signature signature() {
        return signature;
    }

    Clock clock() {
        return clock;
    }

    Duration defaultConnect() {
        return defaultConnect;
    }
}
