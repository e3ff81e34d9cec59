package dev.serai.dispatch;

import dev.serai.credential.CredentialPool;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.routing.CredentialPools;
import dev.serai.routing.FailoverState;
import dev.serai.upstream.UpstreamTimeouts;
import java.util.List;
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
    Walks walks(FailoverState state, ObjectProvider<MemberChoice> choices) {
        return new Walks(state, choices.stream().toList());
    }

    @Bean
    FailoverLoadBalancer failover(Walks walks, UpstreamTimeouts timeouts) {
        var unserved = Failure.of(Kind.INTERNAL, FailureClass.MODEL, "No route serves this provider.");
        return new FailoverLoadBalancer(walks, timeouts, "provider", unserved);
    }

    @Bean
    FailoverLoadBalancer pictureFailover(FailoverState state, UpstreamTimeouts timeouts) {
        return new FailoverLoadBalancer(new Walks(state, List.of()), timeouts, "images", unable("pictures"));
    }

    @Bean
    FailoverLoadBalancer videoFailover(FailoverState state, UpstreamTimeouts timeouts) {
        return new FailoverLoadBalancer(new Walks(state, List.of()), timeouts, "videos", unable("videos"));
    }

    private static Failure unable(String what) {
        return new Failure(
                Kind.UNSUPPORTED_PARAMETER,
                FailureClass.UNSUPPORTED,
                "No " + what + " are made by this model.",
                "model",
                null);
    }
}
