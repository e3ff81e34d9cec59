package dev.serai.provider.zaiweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.secret.Secret;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the upstream for guests, and whose an account's token is. */
final class SessionCalls {

    private static final Logger LOG = LoggerFactory.getLogger(SessionCalls.class);
    private static final String PATH = "/api/v1/auths/";
    private static final String CHATS = "/api/v1/chats/";
    private static final Failure NO_SESSION =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.UPSTREAM, "The provider gave no session.");
    private static final Failure DEAD = Failure.of(
            Kind.OVERLOADED,
            FailureClass.KEY_DEAD,
            "The account's token is dead: the provider takes it for a guest's.");

    private final SideRequests requests;
    private final FrontEnd frontEnd;
    private final Supplier<UUID> ids;

    SessionCalls(SideRequests requests, FrontEnd frontEnd, Supplier<UUID> ids) {
        this.requests = requests;
        this.frontEnd = frontEnd;
        this.ids = ids;
    }

    /** A new guest. @throws Refusal when there is none to be had */
    Session guest(String baseUrl, String name) {
        var answer = SessionAnswer.of(newGuest(baseUrl));
        var token = answer.token();
        if (token == null || answer.userId().isEmpty()) {
            throw new Refusal(NO_SESSION);
        }
        return new Session(name, token, answer.userId(), true, device());
    }

    /** Where the old place is gone, there is a newer one. */
    private JsonNode newGuest(String baseUrl) {
        var headers = frontEnd.plain();
        try {
            return requests.json(Ask.get(baseUrl + PATH, headers, null), new ZaiFailures(), abort -> {});
        } catch (Refusal refused) {
            if (refused.failure().type() != FailureClass.MODEL) {
                throw refused;
            }
            headers.put("content-type", "application/json");
            var ask = Ask.post(baseUrl + PATH + "guest", headers, null, Json.bytes(Json.object()));
            return requests.json(ask, new ZaiFailures(), abort -> {});
        }
    }

    /**
     * The account of a token. A dead token is answered with somebody new, a guest, instead of being refused; that is noticed.
     *
     * @param name of the token, for logs
     * @throws Refusal when the token is dead, or nothing can be said of it
     */
    Session account(String baseUrl, String name, Secret token) {
        var ask = Ask.get(baseUrl + PATH, frontEnd.plain(), token);
        var answer = SessionAnswer.of(requests.json(ask, new ZaiFailures(), abort -> {}));
        var claimed = SessionAnswer.claim(token.reveal(), "id");
        var userId = answer.userId().isEmpty() ? claimed : answer.userId();
        if (answer.guest() || (!claimed.isEmpty() && !claimed.equals(userId))) {
            throw new Refusal(DEAD);
        }
        if (userId.isEmpty()) {
            throw new Refusal(NO_SESSION);
        }
        var renewed = answer.token();
        return new Session(name, renewed == null ? token : renewed, userId, false, device());
    }

    /**
     * Makes a chat for the message that begins it, and tells its id.
     *
     * @param failures remembers what a refusal was a sign of
     * @param abortable is given what breaks the exchange off
     * @throws Refusal when none is made
     */
    String newChat(
            String baseUrl, Session session, ObjectNode chat, ZaiFailures failures, Consumer<Runnable> abortable) {
        var body = Json.object();
        body.set("chat", chat);
        var headers = frontEnd.headers(baseUrl, Profile.P2026, session, null, abortable);
        var ask = Ask.post(baseUrl + CHATS + "new", headers, session.token(), Json.bytes(body));
        var id = requests.json(ask, failures, abortable).path("id").asText("");
        if (!id.matches("[A-Za-z0-9_-]{1,128}")) {
            throw new Refusal(NO_SESSION);
        }
        return id;
    }

    /** Deletes all chats of a guest who is not needed any more; nothing is said if that fails. */
    void forget(String baseUrl, Session guest) {
        try {
            var ask = Ask.delete(baseUrl + CHATS, frontEnd.plain(), guest.token());
            requests.send(ask, new ZaiFailures(), abort -> {});
        } catch (Refusal kept) {
            LOG.debug(
                    "The chats of {} are not deleted: {}",
                    guest.name(),
                    kept.failure().message());
        }
    }

    private String device() {
        return ids.get().toString();
    }
}
