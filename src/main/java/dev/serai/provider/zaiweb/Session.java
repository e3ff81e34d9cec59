package dev.serai.provider.zaiweb;

import dev.serai.secret.Secret;

/**
 * Somebody at the upstream, a guest or an account.
 *
 * @param name for logs
 * @param userId as requests are signed with
 * @param deviceId made up once for this session; it tells nothing of any device
 */
record Session(String name, Secret token, String userId, boolean guest, String deviceId) {}
