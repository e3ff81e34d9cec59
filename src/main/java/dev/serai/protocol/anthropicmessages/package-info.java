/** Anthropic Messages, towards callers and towards upstreams. */
@NullMarked
package dev.serai.protocol.anthropicmessages;

import org.jspecify.annotations.NullMarked;
