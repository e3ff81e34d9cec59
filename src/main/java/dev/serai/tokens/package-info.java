/** How many tokens a request has: as its provider counts them, or by the gateway's own count. */
@NullMarked
package dev.serai.tokens;

import org.jspecify.annotations.NullMarked;
