package dev.serai.inbound;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * The TCP connection that a request came on, for one thing only: seeing that the caller has closed it. A byte that turns
 * up instead is the next request's; it is put back, and the connection is not looked at again for this call.
 */
final class Connection {

    private final SocketWrapperBase<?> socket;
    private boolean over;
    private boolean released;
    private boolean gone;

    Connection(SocketWrapperBase<?> socket) {
        this.socket = socket;
    }

    /** One read that does not block. */
    synchronized boolean gone() {
        if (over || gone) {
            return gone;
        }
        var one = ByteBuffer.allocate(1);
        try {
            if (socket.read(false, one) > 0) {
                socket.unRead(one.flip());
                over = true;
            }
        } catch (IOException closed) {
            gone = true;
        }
        return gone;
    }

    /** Closes it under the answer that is being written; afterwards it is another call's. */
    synchronized void cut() {
        over = true;
        if (!released) {
            socket.close();
        }
    }

    /** The call is over; from now on the socket belongs to the server again. */
    synchronized void release() {
        over = true;
        released = true;
    }
}
