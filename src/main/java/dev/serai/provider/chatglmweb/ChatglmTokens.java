package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.account.IssueFault;
import dev.serai.account.TokenAnswer;
import dev.serai.account.TokenAsk;
import dev.serai.account.TokenIssuer;
import dev.serai.secret.Secret;
import java.io.IOException;
import java.time.Duration;

/**
 * Refresh tokens become access tokens; with each comes a new refresh token. A signature that is refused has spent nothing, so
 * after a look at the service's clock the token is shown once more.
 */
final class ChatglmTokens implements TokenIssuer {

    /** Said to be a day; an hour is what all clients count on. */
    private static final Duration LIFE = Duration.ofHours(1);

    private final ChatglmService service;
    private final ServiceClock clock;
    private final String baseUrl;

    ChatglmTokens(ChatglmService service, ServiceClock clock, String baseUrl) {
        this.service = service;
        this.clock = clock;
        this.baseUrl = baseUrl;
    }

    @Override
    public String provider() {
        return ChatglmSurface.PROTOCOL;
    }

    @Override
    public TokenAnswer ask(TokenAsk ask) {
        try {
            var told = service.refresh(baseUrl, ask.secret());
            if (told.fault() == Fault.SIGNATURE && clock.learn(service.time(baseUrl))) {
                told = service.refresh(baseUrl, ask.secret());
            }
            return told.fault() == Fault.NONE ? granted(told.result()) : refused(told.fault());
        } catch (IOException e) {
            return TokenAnswer.refused(IssueFault.UNREACHABLE, "The provider cannot be reached.");
        }
    }

    private static TokenAnswer granted(JsonNode result) {
        String access =
                result.path("access_token").asText(result.path("accessToken").asText(""));
        String refresh =
                result.path("refresh_token").asText(result.path("refreshToken").asText(""));
        if (access.isEmpty()) {
            return TokenAnswer.refused(IssueFault.UNREACHABLE, "The provider's answer holds no access token.");
        }
        return new TokenAnswer.Granted(
                new Secret(access),
                refresh.isEmpty() ? null : new Secret(refresh),
                LIFE,
                result.path("user_id").textValue());
    }

    private static TokenAnswer refused(Fault fault) {
        return switch (fault) {
            case ACCESS, DEAD, GUEST -> TokenAnswer.refused(IssueFault.DEAD, "The refresh token has expired.");
            case RATE, BUSY -> TokenAnswer.refused(IssueFault.LIMITED, "The provider limits how often it is asked.");
            case FIREWALL, FILTERED, NOT_ALLOWED ->
                TokenAnswer.refused(IssueFault.BLOCKED, "The provider's web firewall refuses the gateway.");
            case SIGNATURE, FORM ->
                TokenAnswer.refused(IssueFault.BLOCKED, "The provider does not take the gateway's signature.");
            case FAILED, NONE -> TokenAnswer.refused(IssueFault.UNREACHABLE, "The provider failed.");
        };
    }
}
