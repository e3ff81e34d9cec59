package dev.serai.routing.config;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Values of Spring's environment exactly as they are written. {@link Environment#getProperty} expands <code>${…}</code>
 * inside of values, which would put one secret into another or into a prompt.
 */
final class PlainEnvironment {

    private final Environment environment;

    PlainEnvironment(Environment environment) {
        this.environment = environment;
    }

    /** The value of the first source that has the name; null when none has. */
    @Nullable
    String get(String name) {
        if (!(environment instanceof ConfigurableEnvironment configurable)) {
            return environment.getProperty(name);
        }
        for (var source : configurable.getPropertySources()) {
            var value = source.getProperty(name);
            if (value != null) {
                return value.toString();
            }
        }
        return null;
    }
}
