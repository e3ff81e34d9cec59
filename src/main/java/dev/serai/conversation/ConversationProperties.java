package dev.serai.conversation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long conversations are known.
 *
 * @param timeToLive after the last turn
 */
@ConfigurationProperties(prefix = "serai.conversations", ignoreUnknownFields = false)
public record ConversationProperties(@DefaultValue("30d") Duration timeToLive) {}
