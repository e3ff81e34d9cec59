package dev.serai.message;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a decoder read and nobody acts on; only a target of the same protocol family gets it.
 *
 * @param source the protocol it came in
 * @param unmapped the members as they were; never changed
 */
public record Extensions(String source, ObjectNode unmapped) {

    public static final Extensions NONE = new Extensions("", JsonNodeFactory.instance.objectNode());
}
