package dev.serai.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Function;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of the routes in {@code routes/admin}. */
@Configuration(proxyBeanMethods = false)
class AdminConfiguration {

    private final ObjectMapper json;

    AdminConfiguration(ObjectMapper json) {
        this.json = json;
    }

    private Processor step(Function<AdminRequest, AdminReply> work) {
        return new AdminStep(work, json);
    }

    @Bean
    Processor createApiKey(ApiKeyCalls keys) {
        return step(keys::create);
    }

    @Bean
    Processor listApiKeys(ApiKeyCalls keys) {
        return step(keys::list);
    }

    @Bean
    Processor getApiKey(ApiKeyCalls keys) {
        return step(keys::get);
    }

    @Bean
    Processor findApiKey(ApiKeyCalls keys) {
        return step(keys::find);
    }

    @Bean
    Processor updateApiKey(ApiKeyCalls keys) {
        return step(keys::update);
    }

    @Bean
    Processor deleteApiKey(ApiKeyCalls keys) {
        return step(keys::delete);
    }

    @Bean
    Processor regenerateApiKey(ApiKeyCalls keys) {
        return step(keys::regenerate);
    }

    @Bean
    Processor addApikey(HelloGmlKeyCalls keys) {
        return step(keys::add);
    }

    @Bean
    Processor listApikeys(HelloGmlKeyCalls keys) {
        return step(keys::list);
    }

    @Bean
    Processor dropApikey(HelloGmlKeyCalls keys) {
        return step(keys::drop);
    }

    @Bean
    Processor addToken(AccountCalls accounts) {
        return step(accounts::add);
    }

    @Bean
    Processor listTokens(AccountCalls accounts) {
        return step(accounts::list);
    }

    @Bean
    Processor dropToken(AccountCalls accounts) {
        return step(accounts::drop);
    }

    @Bean
    Processor checkToken(AccountCalls accounts) {
        return step(accounts::check);
    }

    @Bean
    Processor listAudit(AuditCalls audit) {
        return step(audit::list);
    }

    @Bean
    Processor showRoutesConfig(RoutesConfigCalls config) {
        return step(config::show);
    }

    @Bean
    Processor validateRoutesConfig(RoutesConfigCalls config) {
        return step(config::validate);
    }

    @Bean
    Processor reloadRoutesConfig(RoutesConfigCalls config) {
        return step(config::reload);
    }
}
