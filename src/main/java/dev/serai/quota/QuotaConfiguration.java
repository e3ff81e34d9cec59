package dev.serai.quota;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the ledger together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuotaProperties.class)
class QuotaConfiguration {

    @Bean
    Ledger ledger(LedgerRepository repository) {
        return new Ledger(repository, System::nanoTime);
    }

    @Bean
    Estimates estimates() {
        return new Estimates();
    }
}
