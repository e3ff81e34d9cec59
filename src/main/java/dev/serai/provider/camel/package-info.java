/** Any Camel route as a model. */
@NullMarked
package dev.serai.provider.camel;

import org.jspecify.annotations.NullMarked;
