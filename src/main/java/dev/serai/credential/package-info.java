/** Upstream credentials: which one is used next, which ones rest, and for how long. */
@NullMarked
package dev.serai.credential;

import org.jspecify.annotations.NullMarked;
