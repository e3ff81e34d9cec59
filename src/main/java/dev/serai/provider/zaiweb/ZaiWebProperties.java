package dev.serai.provider.zaiweb;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the kind {@code zai-web}.
 *
 * @param tokenPoolSize how many guest sessions are kept for an address; 0 for none
 * @param showThinkTags reasoning stands in the answer's text between think tags instead of beside it
 * @param guestLife how long a guest session is used
 * @param accountLife how long an account's token is believed before it is checked again
 * @param streamsPerSession the most answers at once on one session
 * @param frontEndVersion empty: read from the home page
 * @param signingKey under which requests are signed; the front end's own, which is public
 * @param userAgent what the gateway calls itself
 * @param models the upstream's ids of models by the names that people use, without case
 */
@ConfigurationProperties(prefix = "serai.zai-web", ignoreUnknownFields = false)
public record ZaiWebProperties(
        @DefaultValue("5") int tokenPoolSize,
        @DefaultValue("false") boolean showThinkTags,
        @DefaultValue("480s") Duration guestLife,
        @DefaultValue("30m") Duration accountLife,
        @DefaultValue("2") int streamsPerSession,
        @DefaultValue("") String frontEndVersion,
        @DefaultValue("key-@@@@)))()((9))-xxxx&&&%%%%%") String signingKey,
        @DefaultValue("Mozilla/5.0 (compatible; Serai)") String userAgent,
        @DefaultValue Map<String, String> models) {

    private static final int LARGEST_POOL = 100;

    public ZaiWebProperties {
        models = Map.copyOf(models);
        check(tokenPoolSize >= 0 && tokenPoolSize <= LARGEST_POOL, "TOKEN_POOL_SIZE must be between 0 and 100");
        check(streamsPerSession >= 1, "serai.zai-web.streams-per-session must be at least 1");
        check(guestLife.compareTo(Duration.ofSeconds(10)) >= 0, "serai.zai-web.guest-life must be at least 10s");
        check(accountLife.compareTo(Duration.ofSeconds(10)) >= 0, "serai.zai-web.account-life must be at least 10s");
        check(!signingKey.isBlank(), "serai.zai-web.signing-key must not be empty");
        check(
                userAgent.chars().allMatch(c -> c >= ' ' && c < 127),
                "serai.zai-web.user-agent holds a character that no header can carry");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
