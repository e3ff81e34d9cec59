/** API keys of callers: their form, their digests, their rights and limits, and the lookup on the way of every call. */
@NullMarked
package dev.serai.tenant;

import org.jspecify.annotations.NullMarked;
