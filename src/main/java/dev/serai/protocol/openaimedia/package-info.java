/** OpenAI's wire for pictures and videos, with what other systems have added to it. */
@NullMarked
package dev.serai.protocol.openaimedia;

import org.jspecify.annotations.NullMarked;
