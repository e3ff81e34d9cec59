package dev.serai.tokens;

import dev.serai.provider.Providers;
import dev.serai.routing.FailoverState;
import dev.serai.upstream.UpstreamClient;
import dev.serai.upstream.UpstreamTimeouts;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The step that counts. */
@Configuration(proxyBeanMethods = false)
class TokensConfiguration {

    @Bean
    Processor countTokens(FailoverState state, Providers providers, UpstreamClient client, UpstreamTimeouts timeouts) {
        var provider = new ProviderCount(state, providers, client, timeouts);
        return new CountTokens(provider, new RequestTokens(Tokenizer.o200k()));
    }
}
