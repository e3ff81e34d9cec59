package dev.serai.provider.zaiweb;

import dev.serai.message.MediaSource;

/**
 * An image of a turn.
 *
 * @param field where it stands in the caller's request
 */
record TurnImage(MediaSource source, String field) {}
