package dev.serai.inbound;

import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1 with what a gateway's door needs besides: a deadline for the whole request head, refusal of requests
 * that are framed in two ways, and a look at the connection while a call runs.
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
