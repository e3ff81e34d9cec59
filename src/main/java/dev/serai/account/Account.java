package dev.serai.account;

import java.time.Instant;

/**
 * An account at a provider, without its secret.
 *
 * @param id given by the operator, or made by the gateway that knew it first, such as {@code tk_1730000000000_abc123}
 * @param provider the kind of provider it is for, such as {@code chatglm-web}
 * @param preview for people to recognise its secret by: four characters from each end, fewer of a short one
 */
public record Account(String id, String provider, String preview, Instant createdAt) {}
