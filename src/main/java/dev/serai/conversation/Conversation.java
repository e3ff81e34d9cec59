package dev.serai.conversation;

/**
 * A conversation that a provider holds.
 *
 * @param provider the kind of provider, such as {@code chatglm-web}
 * @param id the provider's name of it
 * @param account where it lives: the id of an account
 * @param model with whom, by the provider's name
 */
public record Conversation(String provider, String id, String account, String model) {}
