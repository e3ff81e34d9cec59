/** OpenAI Responses: as callers speak it and as upstreams answer it. */
@NullMarked
package dev.serai.protocol.openairesponses;

import org.jspecify.annotations.NullMarked;
