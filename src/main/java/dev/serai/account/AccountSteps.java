package dev.serai.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The step of {@code /token/check}. */
@Configuration(proxyBeanMethods = false)
@Profile("!import")
class AccountSteps {

    /** Whether some account of some pool works, as HelloGML told it. */
    @Bean
    Processor poolIsLive(AccountChecks checks) {
        return exchange -> exchange.getMessage()
                .setBody(JsonNodeFactory.instance.objectNode().put("live", checks.anyLive()));
    }
}
