package dev.serai.tenant;

import dev.serai.secret.Secret;

/**
 * A key that was just made.
 *
 * @param plain the key itself, to be shown once; it is kept nowhere
 */
public record IssuedKey(KeyRecord key, Secret plain) {}
