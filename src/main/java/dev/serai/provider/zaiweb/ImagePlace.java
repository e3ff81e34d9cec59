package dev.serai.provider.zaiweb;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where the id of an image is to stand once the upstream has been given it.
 *
 * @param place the object whose member {@code url} it becomes
 */
record ImagePlace(TurnImage image, ObjectNode place) {}
