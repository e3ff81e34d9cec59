package dev.serai.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's head as far as a protocol reads it. Nothing of it ever becomes a message header. */
public interface RequestHead {

    /** The decoded path, without the query. */
    String path();

    /** Variables of the path template, decoded. */
    Map<String, String> pathVariables();

    /** The value of a header that may be given once; the first one otherwise. */
    @Nullable
    String header(String name);

    /** Every line of a header. */
    List<String> headers(String name);

    /** Every value of a query parameter, decoded. Never logged. */
    List<String> query(String name);
}
