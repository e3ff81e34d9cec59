package dev.serai.inbound;

import dev.serai.message.Failure;
import dev.serai.protocol.ErrorAnswer;

/** The errors of paths that speak no protocol of models. A bean of this type is asked before the protocols are. */
public interface PathErrors {

    /** Whether errors of this path are told here; the path need not exist. */
    boolean covers(String path);

    /** The error as a caller of this path knows it. */
    ErrorAnswer error(Failure failure, String path);
}
