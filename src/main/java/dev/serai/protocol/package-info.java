/** Wire formats. One folder each; a protocol never sees another. */
@NullMarked
package dev.serai.protocol;

import org.jspecify.annotations.NullMarked;
