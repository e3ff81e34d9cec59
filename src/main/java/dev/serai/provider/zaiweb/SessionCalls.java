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

/** Asks the upstream for guests, and whose an account's token is. */
final class SessionCalls {

    private static final String PATH = "/api/v1/auths/";
    private static final Failure NO_SESSION =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.UPSTREAM, "The provider gave no session.");
    private static final Failure DEAD = Failure.of(
            Kind.OVERLOADED, FailureClass.KEY_DEAD, "The account's token is dead: the provider takes it for a guest's.");

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
        var headers = frontEnd.plain(baseUrl);
        try {
            return requests.get(baseUrl + PATH, headers, null);
        } catch (Refusal refused) {
            if (refused.failure().type() != FailureClass.MODEL) {
                throw refused;
            }
            headers.put("content-type", "application/json");
            return requests.post(baseUrl + PATH + "guest", Json.object(), headers, null, new ZaiFailures(), abort -> {});
        }
    }

    /**
     * The account of a token. A dead token is answered with somebody new, a guest, instead of being refused; that is noticed.
     *
     * @param name of the token, for logs
     * @throws Refusal when the token is dead, or nothing can be said of it
     */
    Session account(String baseUrl, String name, Secret token) {
        var answer = SessionAnswer.of(requests.get(baseUrl + PATH, frontEnd.plain(baseUrl), token));
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
        var headers = frontEnd.headers(baseUrl, Profile.P2026, session, null);
        var id = requests.post(baseUrl + "/api/v1/chats/new", body, headers, session.token(), failures, abortable)
                .path("id")
                .asText("");
        if (!id.matches("[A-Za-z0-9_-]{1,128}")) {
            throw new Refusal(NO_SESSION);
        }
        return id;
    }

    private String device() {
        return ids.get().toString();
    }
}
