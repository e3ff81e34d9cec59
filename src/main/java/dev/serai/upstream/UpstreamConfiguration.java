package dev.serai.upstream;

import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way out. The bean {@code upstream} is the Camel component of that name. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UpstreamTimeouts.class)
class UpstreamConfiguration {

    @Bean
    UpstreamClient upstreamClient(@Value("${serai.upstream.max-connections:20000}") int maxConnections) {
        return new UpstreamClient(maxConnections);
    }

    @Bean
    UpstreamExchange upstreamExchange(UpstreamClient client) {
        return new UpstreamExchange(client);
    }

    @Bean
    TimeLimit timeLimit() {
        return new TimeLimit();
    }

    @Bean
    SideExchange sideExchange(UpstreamClient client, TimeLimit limit) {
        return new SideExchange(client, limit);
    }

    @Bean
    GuardedFetch guardedFetch(@Value("${serai.egress.allow:}") List<String> allow, TimeLimit limit) {
        return new GuardedFetch(new EgressGuard(allow), limit);
    }

    @Bean("upstream")
    UpstreamComponent upstreamComponent(UpstreamExchange exchange) {
        return new UpstreamComponent(exchange);
    }
}
