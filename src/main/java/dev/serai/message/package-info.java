/** The canonical message: what every protocol decodes into and every provider is fed from. Knows no wire format and nothing else of Serai. */
@NullMarked
package dev.serai.message;

import org.jspecify.annotations.NullMarked;
