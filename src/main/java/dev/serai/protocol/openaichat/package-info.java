/** OpenAI Chat Completions: as callers speak it and as upstreams and their dialects answer it. */
@NullMarked
package dev.serai.protocol.openaichat;

import org.jspecify.annotations.NullMarked;
