package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.provider.Failures;
import dev.serai.provider.UpstreamFailure;
import dev.serai.provider.UpstreamReply;
import java.time.Duration;
import java.time.Instant;

/** The failures of the service. */
final class ChatglmFailures implements Failures {

    /** The access token is not taken: with a new one the same account may be. */
    static final Failure ACCESS = Failure.of(
            Kind.OVERLOADED, FailureClass.KEY_DEAD, "The provider does not take the account's access token.");

    /** The signature is not taken: made by the service's clock it may be. */
    static final Failure SIGNATURE =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.MODEL, "The provider does not take the gateway's signature.");

    /** The caller's conversation is not there, or not the caller's. */
    static final Failure NO_CONVERSATION = Failure.invalid(
            ConversationChoice.MEMBER,
            "There is no such conversation of this key; an empty conversation_id begins a new one.");

    private static final Failure DEAD =
            Failure.of(Kind.OVERLOADED, FailureClass.KEY_DEAD, "The provider wants the account to log in again.");
    private static final Failure BUSY = Failure.of(
                    Kind.OVERLOADED, FailureClass.RATE, "The account has another answer running at the provider.")
            .withRetryAfter(Duration.ofSeconds(2));

    /** Often gone a moment later. */
    static final Failure FIREWALL =
            Failure.of(Kind.OVERLOADED, FailureClass.OVERLOAD, "The provider's web firewall refused the call.");

    private static final Failure FORM = Failure.of(
            Kind.UPSTREAM_ERROR, FailureClass.MODEL, "The provider does not take the form of the gateway's request.");
    private static final Failure NOT_ALLOWED = Failure.of(
            Kind.UPSTREAM_ERROR, FailureClass.KEY_RIGHTS, "The provider does not let the account use this assistant.");

    private final Turn turn;

    /** @param turn whose answer is read */
    ChatglmFailures(Turn turn) {
        this.turn = turn;
    }

    @Override
    public Failure of(UpstreamReply reply) {
        if (reply.status() == 200 && reply.body().length == 0) {
            return turn.emptyAnswer();
        }
        var fault = Fault.of(reply.status(), reply.body());
        return fault == Fault.FAILED && reply.html() && reply.status() < 500 ? FIREWALL : failure(fault);
    }

    @Override
    public Failure inStream(JsonNode data, Instant now) {
        return failure(Fault.of(data));
    }

    /** The service does not take it; another candidate may. @param takes the end of a sentence about the service */
    static Refusal unsupported(String field, String takes) {
        return new Refusal(new Failure(
                Kind.UNSUPPORTED_PARAMETER,
                FailureClass.UNSUPPORTED,
                field + ": this provider takes " + takes + ".",
                field,
                null));
    }

    static Failure failure(Fault fault) {
        return switch (fault) {
            case ACCESS -> ACCESS;
            case DEAD, GUEST -> DEAD;
            case RATE -> UpstreamFailure.of(FailureClass.RATE);
            case BUSY -> BUSY;
            case FILTERED -> UpstreamFailure.of(FailureClass.CONTENT);
            case SIGNATURE -> SIGNATURE;
            case FORM -> FORM;
            case FIREWALL -> FIREWALL;
            case NOT_ALLOWED -> NOT_ALLOWED;
            case FAILED, NONE -> UpstreamFailure.of(FailureClass.UPSTREAM);
        };
    }
}
