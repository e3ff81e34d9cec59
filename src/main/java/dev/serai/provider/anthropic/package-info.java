/** Anthropic and what is compatible with it. */
@NullMarked
package dev.serai.provider.anthropic;

import org.jspecify.annotations.NullMarked;
