package dev.serai.account;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param healthInterval within which a pool without a healthy account is checked again */
@ConfigurationProperties(prefix = "serai.accounts", ignoreUnknownFields = false)
public record AccountProperties(@DefaultValue("30s") Duration healthInterval) {

    public AccountProperties {
        if (healthInterval.compareTo(Duration.ofMillis(300)) < 0) {
            throw new IllegalArgumentException("serai.accounts.health-interval must be at least 300ms");
        }
    }
}
