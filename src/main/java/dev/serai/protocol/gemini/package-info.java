/** Google Gemini generateContent: callers that speak it and upstreams that do. */
@NullMarked
package dev.serai.protocol.gemini;

import org.jspecify.annotations.NullMarked;
