package dev.serai.provider.zaiweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every request says of the front end that speaks: its version is read from the home page and kept for an hour. */
final class FrontEnd {

    /** Where the front end comes from, at whatever address the service is called. */
    static final String SITE = "https://chat.z.ai";

    private static final Logger LOG = LoggerFactory.getLogger(FrontEnd.class);

    /** What the front end of {@link Profile#P2025} called itself. */
    private static final String OLD = "prod-fe-1.0.56";

    private static final Failure NO_VERSION = Failure.of(
            Kind.OVERLOADED, FailureClass.OVERLOAD, "The provider's home page does not tell the front end's version.");

    private final SideRequests requests;
    private final ZaiWebProperties settings;
    private final Clock clock;
    private final SingleFlight<String, HomePage> pages;
    private final Cache<String, Duration> skews =
            Caffeine.newBuilder().maximumSize(100).executor(Runnable::run).build();

    FrontEnd(SideRequests requests, ZaiWebProperties settings, Clock clock) {
        this.requests = requests;
        this.settings = settings;
        this.clock = clock;
        this.pages = new SingleFlight<>(this::read, this::life, Ticker.systemTicker());
    }

    /** A page without the version that is wanted of it is as good as none. */
    private Duration life(HomePage page) {
        boolean useless = page.version().isEmpty() && settings.frontEndVersion().isEmpty();
        return useless ? SingleFlight.MOMENT : Duration.ofHours(1);
    }

    /** Headers that say who asks, without a version or a session. */
    Map<String, String> plain() {
        var headers = new HashMap<String, String>();
        headers.put("user-agent", settings.userAgent());
        headers.put("accept", "*/*");
        headers.put("accept-language", "en-US,en;q=0.9");
        headers.put("origin", SITE);
        headers.put("referer", SITE + "/");
        return headers;
    }

    /**
     * Headers of a session's requests.
     *
     * @param chatId null where there is no chat yet
     * @param abortable is given what ends the wait for the version
     * @throws Refusal without a version
     */
    Map<String, String> headers(
            String baseUrl, Profile profile, Session session, @Nullable String chatId, Consumer<Runnable> abortable) {
        var headers = plain();
        headers.put("content-type", "application/json");
        headers.put("x-fe-version", version(baseUrl, profile, abortable));
        if (chatId != null) {
            headers.put("referer", SITE + "/c/" + chatId);
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
     * @param abortable is given what ends the wait for it
     * @return whether that can help
     */
    boolean reread(String baseUrl, Consumer<Runnable> abortable) {
        var before = skew(baseUrl);
        try {
            boolean corrected = HomePage.differ(pages.again(baseUrl, abortable).skew(), before);
            if (corrected) {
                LOG.warn("The clock of zai-web is ahead of the gateway's by {}, and is used", skew(baseUrl));
            }
            return corrected || settings.frontEndVersion().isEmpty();
        } catch (Refusal noPage) {
            return false;
        }
    }

    private String version(String baseUrl, Profile profile, Consumer<Runnable> abortable) {
        if (!settings.frontEndVersion().isEmpty()) {
            return settings.frontEndVersion();
        }
        if (profile == Profile.P2025) {
            return OLD;
        }
        var page = pages.get(baseUrl, abortable);
        if (page.version().isEmpty()) {
            throw new Refusal(NO_VERSION);
        }
        return page.version();
    }

    private Duration skew(String baseUrl) {
        var known = skews.getIfPresent(baseUrl);
        return known == null ? Duration.ZERO : known;
    }

    private HomePage read(String baseUrl) {
        var headers = plain();
        headers.put("accept", "text/html");
        var reply = requests.send(Ask.get(baseUrl + "/", headers, null), new ZaiFailures(), abort -> {});
        var page = HomePage.of(reply, clock.instant());
        skews.put(baseUrl, page.skew());
        return page;
    }
}
