package dev.serai.provider.zaiweb;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.serai.provider.ProviderAnswer;
import dev.serai.provider.WholeAnswers;
import dev.serai.upstream.GuardedFetch;
import dev.serai.upstream.SideExchange;
import dev.serai.upstream.UpstreamExchange;
import dev.serai.upstream.UpstreamTimeouts;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.apache.camel.Processor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pool and the steps of the route {@code provider.zai-web}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ZaiWebProperties.class)
class ZaiWebConfiguration {

    private final ZaiWebProperties settings;
    private final SessionCalls calls;
    private final Uploads.Tools uploads;
    private final ModelIds models;
    private final Clock clock;

    ZaiWebConfiguration(
            ZaiWebProperties settings,
            SideExchange exchange,
            GuardedFetch fetch,
            UpstreamTimeouts timeouts,
            Clock clock) {
        var requests = new SideRequests(exchange, timeouts.connect(), clock);
        var frontEnd = new FrontEnd(requests, settings, clock);
        this.settings = settings;
        this.clock = clock;
        this.uploads = new Uploads.Tools(requests, frontEnd, fetch, UUID::randomUUID);
        this.models = new ModelIds(settings, requests, frontEnd);
        this.calls = new SessionCalls(requests, frontEnd, UUID::randomUUID);
    }

    @Bean
    ZaiWebPool zaiWebPool() {
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return new ZaiWebPool(settings, calls, System::nanoTime, random);
    }

    @Bean
    Processor zaiWebRequest(ZaiWebPool pool, UpstreamTimeouts timeouts) {
        var accounts = new AccountSessions(calls::account, settings, Ticker.systemTicker());
        return new ZaiWebRequest(
                new ZaiWeb(settings, pool, accounts, calls, models, uploads, clock, timeouts.connect()));
    }

    @Bean
    Processor zaiWebAnswer(UpstreamExchange upstream) {
        return new ZaiWebAnswer(new ProviderAnswer(ZaiWeb.KIND, new WholeAnswers(), clock), upstream);
    }
}
