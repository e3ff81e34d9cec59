package dev.serai.provider.zaiweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What every request says of the front end that speaks: its version is read from the home page and kept for an hour. */
final class FrontEnd {

    /** What the front end of {@link Profile#P2025} called itself. */
    private static final String OLD = "prod-fe-1.0.56";

    private static final Pattern VERSION = Pattern.compile("prod-fe-\\d+\\.\\d+\\.\\d+");

    private final SideRequests requests;
    private final ZaiWebProperties settings;
    private final Cache<String, String> versions = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofHours(1))
            .maximumSize(100)
            .executor(Runnable::run)
            .build();

    FrontEnd(SideRequests requests, ZaiWebProperties settings) {
        this.requests = requests;
        this.settings = settings;
    }

    /** Headers that say who asks, without a version or a session. */
    Map<String, String> plain(String baseUrl) {
        var headers = new HashMap<String, String>();
        headers.put("user-agent", settings.userAgent());
        headers.put("accept", "*/*");
        headers.put("accept-language", "en-US,en;q=0.9");
        headers.put("origin", baseUrl);
        headers.put("referer", baseUrl + "/");
        return headers;
    }

    /** Headers of a session's requests. @param chatId null where there is no chat yet. @throws Refusal without a version */
    Map<String, String> headers(String baseUrl, Profile profile, Session session, @Nullable String chatId) {
        var headers = plain(baseUrl);
        headers.put("content-type", "application/json");
        headers.put("x-fe-version", version(baseUrl, profile));
        if (chatId != null) {
            headers.put("referer", baseUrl + "/c/" + chatId);
        }
        if (profile == Profile.P2026) {
            headers.put("x-region", "overseas");
            headers.put("x-device-id", session.deviceId());
        }
        return headers;
    }

    /** The version is refused: it is read again. @return whether that can help */
    boolean forget(String baseUrl) {
        versions.invalidate(baseUrl);
        return settings.frontEndVersion().isEmpty();
    }

    private String version(String baseUrl, Profile profile) {
        if (!settings.frontEndVersion().isEmpty()) {
            return settings.frontEndVersion();
        }
        return profile == Profile.P2025 ? OLD : versions.get(baseUrl, this::read);
    }

    private String read(String baseUrl) {
        var headers = plain(baseUrl);
        headers.put("accept", "text/html");
        var found = VERSION.matcher(requests.page(baseUrl + "/", headers));
        if (!found.find()) {
            throw new Refusal(Failure.of(
                    Kind.OVERLOADED,
                    FailureClass.OVERLOAD,
                    "The provider's home page does not tell the front end's version."));
        }
        return found.group();
    }
}
