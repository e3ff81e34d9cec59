package dev.serai.provider.zaiweb;

import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.Refusal;
import dev.serai.routing.Candidate;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
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
    private final ModelIds models;
    private final Uploads.Tools uploads;
    private final Signature signature;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Duration defaultConnect;

    ZaiWeb(
            ZaiWebProperties settings,
            ZaiWebPool guests,
            AccountSessions accounts,
            SessionCalls sessions,
            ModelIds models,
            Uploads.Tools uploads,
            Clock clock,
            Duration defaultConnect) {
        this.settings = settings;
        this.guests = guests;
        this.accounts = accounts;
        this.sessions = sessions;
        this.frontEnd = uploads.frontEnd();
        this.models = models;
        this.uploads = uploads;
        this.signature = new Signature(settings.signingKey());
        this.clock = clock;
        this.ids = uploads.ids();
        this.defaultConnect = defaultConnect;
    }

    /**
     * The account whose key the candidate has, else a guest.
     *
     * @throws Refusal when there is nobody, or the attempt is broken off
     */
    SessionLease session(Attempt attempt) {
        try {
            return session(attempt.candidate(), attempt::onBreak);
        } catch (Refusal refused) {
            var broken = attempt.broken();
            throw broken == null ? refused : new Refusal(broken);
        }
    }

    private SessionLease session(Candidate candidate, Consumer<Runnable> abortable) {
        var baseUrl = candidate.provider().baseUrl();
        var key = candidate.key();
        if (key != null) {
            return accounts.take(baseUrl, key.name(), key.secret(), abortable);
        }
        var member = candidate.member();
        return guests.take(baseUrl, member == null ? null : member.name(), abortable);
    }

    /** The beginning of an attempt; the place on its session is given back at the end of the call at the latest. */
    ZaiAttempt attempt(Call call) {
        var profile = Profile.of(call.running().candidate().provider().customParams());
        long start = call.nanos();
        try {
            var attempt = new ZaiAttempt(this, call, profile, session(call.running()));
            call.atEnd(attempt::ended);
            return attempt;
        } finally {
            call.waited(call.nanos() - start);
        }
    }

    ZaiSurface surface(ZaiRequestEncoder encoder, ZaiFailures failures, String answerId) {
        return new ZaiSurface(encoder, failures, answerId, settings.showThinkTags());
    }

    Uploads uploads(Call call, ZaiFailures failures) {
        return new Uploads(uploads, call, failures);
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

    ModelIds models() {
        return models;
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
