package dev.serai.routing.config;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The beans of this room. */
@Configuration(proxyBeanMethods = false)
class RoutesConfigBeans {

    /** Two looks make a change, so a new file is in use about a second after it was written. */
    private static final Duration LOOK = Duration.ofMillis(500);

    @Bean
    RoutesConfigSource routesConfigSource(Environment environment) {
        return new RoutesConfigSource(environment, Path.of(""));
    }

    @Bean
    RoutesConfigLoader routesConfigLoader(RoutesConfigSource source) {
        return new RoutesConfigLoader(source);
    }

    @Bean
    RoutesConfigStore routesConfigStore(RoutesConfigLoader loader) {
        return new RoutesConfigStore(loader);
    }

    @Bean(destroyMethod = "close")
    RoutesConfigWatcher routesConfigWatcher(RoutesConfigStore store) {
        return new RoutesConfigWatcher(store, LOOK);
    }
}
