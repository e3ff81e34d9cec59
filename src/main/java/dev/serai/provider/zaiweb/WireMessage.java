package dev.serai.provider.zaiweb;

import java.util.List;

/**
 * A turn as this wire has it: text, and images that are uploaded before it is sent.
 *
 * @param role {@code system}, {@code user} or {@code assistant}
 */
record WireMessage(String role, String text, List<TurnImage> images) {

    WireMessage {
        images = List.copyOf(images);
    }
}
