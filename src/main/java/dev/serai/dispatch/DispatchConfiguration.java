package dev.serai.dispatch;

import dev.serai.credential.CredentialPool;
import dev.serai.routing.CredentialPools;
import dev.serai.routing.FailoverState;
import dev.serai.upstream.UpstreamTimeouts;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What failover is made of. */
@Configuration(proxyBeanMethods = false)
class DispatchConfiguration {

    @Bean
    FailoverState failoverState(
            @Value("${serai.upstream.max-calls-per-provider:0}") int limit, ObjectProvider<CredentialPool> pools) {
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return FailoverState.empty(
                System::nanoTime,
                random,
                host -> limit,
                new CredentialPools(pools.stream().toList()));
    }

    @Bean
    FailoverLoadBalancer failover(
            FailoverState state, UpstreamTimeouts timeouts, ObjectProvider<MemberChoice> choices) {
        return new FailoverLoadBalancer(new Walks(state, choices.stream().toList()), timeouts);
    }
}
