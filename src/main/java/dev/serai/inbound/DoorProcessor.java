package dev.serai.inbound;

import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.Constants;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** One connection's request loop; see {@link DoorProtocol}. */
final class DoorProcessor extends Http11Processor {

    /** The note of a Coyote request that holds its socket. */
    static final int SOCKET_NOTE = 16;

    private static final int WRITE_TIMEOUT_MILLIS = 60_000;
    private static final ThreadLocal<DoorProcessor> CURRENT = new ThreadLocal<>();

    private final long headerDeadlineNanos;
    private boolean headUnfinished;
    private long headSince;

    DoorProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter, Duration headerDeadline) {
        super(protocol, adapter);
        this.headerDeadlineNanos = headerDeadline.toNanos();
    }

    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        request.setNote(SOCKET_NOTE, socket);
        socket.setWriteTimeout(WRITE_TIMEOUT_MILLIS);
        CURRENT.set(this);
        try {
            return watched(super.service(socket));
        } finally {
            CURRENT.remove();
        }
    }

    /** A head of which only a part has come leaves the socket in state LONG: it is called again with the next bytes. */
    private SocketState watched(SocketState state) {
        if (state != SocketState.LONG || isAsync()) {
            headUnfinished = false;
            return state;
        }
        if (!headUnfinished) {
            headUnfinished = true;
            headSince = System.nanoTime();
        }
        return System.nanoTime() - headSince > headerDeadlineNanos ? SocketState.CLOSED : state;
    }

    static void headParsed() {
        var processor = CURRENT.get();
        if (processor != null) {
            processor.refuseTwoFramings();
        }
    }

    /** RFC 9112, section 6.1: a server may refuse such a request, and one that stands behind proxies should. */
    private void refuseTwoFramings() {
        boolean parsing = request.getRequestProcessor().getStage() == Constants.STAGE_PARSE;
        var headers = request.getMimeHeaders();
        if (parsing && headers.getHeader("transfer-encoding") != null && headers.getHeader("content-length") != null) {
            throw new IllegalArgumentException("a request with both a length and a transfer coding");
        }
    }
}
