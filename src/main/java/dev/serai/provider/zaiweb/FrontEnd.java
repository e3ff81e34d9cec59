package dev.serai.provider.zaiweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every request says of the front end that speaks: its version is read from the home page and kept for an hour. */
final class FrontEnd {

    private static final Logger LOG = LoggerFactory.getLogger(FrontEnd.class);

    /** What the front end of {@link Profile#P2025} called itself. */
    private static final String OLD = "prod-fe-1.0.56";

    private static final Failure NO_VERSION = Failure.of(
            Kind.OVERLOADED, FailureClass.OVERLOAD, "The provider's home page does not tell the front end's version.");

    private final SideRequests requests;
    private final ZaiWebProperties settings;
    private final Clock clock;
    private final Cache<String, HomePage> pages = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofHours(1))
            .maximumSize(100)
            .executor(Runnable::run)
            .build();

    FrontEnd(SideRequests requests, ZaiWebProperties settings, Clock clock) {
        this.requests = requests;
        this.settings = settings;
        this.clock = clock;
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

    /** Now, as the upstream's clock has it, as far as that is known. */
    Instant now(String baseUrl) {
        return clock.instant().plus(skew(baseUrl));
    }

    /**
     * Version or signature are refused: the page is read again, and its clock looked at.
     *
     * @return whether that can help
     */
    boolean reread(String baseUrl) {
        var before = skew(baseUrl);
        pages.invalidate(baseUrl);
        try {
            boolean corrected = HomePage.differ(pages.get(baseUrl, this::read).skew(), before);
            if (corrected) {
                LOG.warn("The clock of zai-web is ahead of the gateway's by {}, and is used", skew(baseUrl));
            }
            return corrected || settings.frontEndVersion().isEmpty();
        } catch (Refusal noPage) {
            return false;
        }
    }

    private String version(String baseUrl, Profile profile) {
        if (!settings.frontEndVersion().isEmpty()) {
            return settings.frontEndVersion();
        }
        if (profile == Profile.P2025) {
            return OLD;
        }
        var page = pages.get(baseUrl, this::read);
        if (page.version().isEmpty()) {
            pages.invalidate(baseUrl);
            throw new Refusal(NO_VERSION);
        }
        return page.version();
    }

    private Duration skew(String baseUrl) {
        var page = pages.getIfPresent(baseUrl);
        return page == null ? Duration.ZERO : page.skew();
    }

    private HomePage read(String baseUrl) {
        var headers = plain(baseUrl);
        headers.put("accept", "text/html");
        var reply = requests.send(Ask.get(baseUrl + "/", headers, null), new ZaiFailures(), abort -> {});
        return HomePage.of(reply, clock.instant());
    }
}
