/** Bytes in motion: server-sent events in and out, without buffering more than one event. */
@NullMarked
package dev.serai.stream;

import org.jspecify.annotations.NullMarked;
