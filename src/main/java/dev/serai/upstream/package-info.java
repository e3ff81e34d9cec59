/** The way out: one HTTP client for all providers, and the small Camel component that drives it. */
@NullMarked
package dev.serai.upstream;

import org.jspecify.annotations.NullMarked;
