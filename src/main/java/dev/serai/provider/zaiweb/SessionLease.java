package dev.serai.provider.zaiweb;

import dev.serai.message.Failure;

/** A place on a session for one attempt. Closing it twice does no harm. */
interface SessionLease extends AutoCloseable {

    Session session();

    /** The session was taken and the answer has begun. */
    void succeeded();

    /** The attempt was refused, for a reason that the session, or all of its kind, must be told of. */
    void failed(Sign sign, Failure failure);

    /** Gives the place back. */
    @Override
    void close();
}
