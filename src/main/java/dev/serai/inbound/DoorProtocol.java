package dev.serai.inbound;

import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's HTTP/1.1 with what a gateway's door needs besides: a deadline for the whole request head, refusal of requests
 * that are framed in two ways, and a look at the connection while a call runs. On a stop it closes connections that are
 * kept without a call, so that nobody sends one more on them in vain.
 */
public final class DoorProtocol extends Http11NioProtocol {

    private Duration headerDeadline = Duration.ofSeconds(10);

    /** Until when a request head must be whole, counted from its first byte. */
    public void setHeaderDeadline(Duration deadline) {
        headerDeadline = deadline;
    }

    @Override
    protected Processor createProcessor() {
        return new DoorProcessor(this, getAdapter(), headerDeadline);
    }

    /** Paused, Tomcat closes a kept connection only once a request has come on it, and answers nothing to that. */
    @Override
    public void pause() throws Exception {
        super.pause();
        getEndpoint().getConnections().forEach(DoorProtocol::closeIdle);
    }

    /** Whoever serves a request holds the connection's lock; what comes after this look is what Tomcat would close too. */
    private static void closeIdle(SocketWrapperBase<?> connection) {
        var lock = connection.getLock();
        if (lock.tryLock()) {
            try {
                connection.close();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Tomcat asks this right after it has parsed a request's head and before it acts on it: the one place where a head
     * with both a length and a transfer coding can still be told (Tomcat drops the length afterwards).
     */
    @Override
    public boolean getDisableUploadTimeout() {
        DoorProcessor.headParsed();
        return super.getDisableUploadTimeout();
    }
}
