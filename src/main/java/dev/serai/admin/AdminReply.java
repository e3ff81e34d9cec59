package dev.serai.admin;

import org.jspecify.annotations.Nullable;

/**
 * What a call of the admin API is answered with.
 *
 * @param body becomes JSON; null is no body
 */
record AdminReply(int status, @Nullable Object body) {

    static AdminReply ok(Object body) {
        return new AdminReply(200, body);
    }

    static AdminReply created(Object body) {
        return new AdminReply(201, body);
    }

    static AdminReply none() {
        return new AdminReply(204, null);
    }
}
