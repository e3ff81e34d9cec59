/** One call from its first byte to its settlement. */
@NullMarked
package dev.serai.call;

import org.jspecify.annotations.NullMarked;
