package dev.serai.provider.chatglmweb;

import dev.serai.account.AccessToken;
import dev.serai.account.AccessTokens;
import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Asks for an account, and once more what a lapsed token, a clock that is off or the firewall stood in the way of. */
final class SecondTry {

    private static final Duration FIREWALL_PAUSE = Duration.ofMillis(500);
    private static final Failure NO_ACCOUNT =
            Failure.of(Kind.OVERLOADED, FailureClass.KEY_DEAD, "There is no account for chatglm-web.");

    private final AccessTokens tokens;
    private final ChatglmService service;
    private final ServiceClock clock;

    /** What is asked with an account's token. */
    @FunctionalInterface
    interface Ask<T> {

        /** @throws Refusal when the service refuses it */
        T with(AccessToken token);
    }

    SecondTry(AccessTokens tokens, ChatglmService service, ServiceClock clock) {
        this.tokens = tokens;
        this.service = service;
        this.clock = clock;
    }

    /** @throws Refusal the second time, or at once where asking again cannot help */
    <T> T of(Call call, Ask<T> ask) {
        var attempt = call.running();
        var member = attempt.candidate().member();
        if (member == null) {
            throw new Refusal(NO_ACCOUNT);
        }
        var token = tokens.of(member.name());
        try {
            return ask.with(token);
        } catch (Refusal refused) {
            if (!putRight(attempt, token, refused.failure())) {
                throw refused;
            }
        }
        return ask.with(tokens.of(member.name()));
    }

    /** Does what there is to do about the failure; whether asking again may help then. */
    boolean putRight(Attempt attempt, AccessToken token, Failure failure) {
        if (failure.equals(ChatglmFailures.ACCESS)) {
            tokens.refused(token);
        } else if (failure.equals(ChatglmFailures.SIGNATURE)) {
            clock.learn(service.time(attempt.candidate().provider().baseUrl()));
        } else if (failure.equals(ChatglmFailures.FIREWALL)) {
            LockSupport.parkNanos(FIREWALL_PAUSE.toNanos());
        } else {
            return false;
        }
        return attempt.broken() == null;
    }
}
