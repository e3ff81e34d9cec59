/** Serai: a gateway for language models, made of Apache Camel routes. */
@NullMarked
package dev.serai;

import org.jspecify.annotations.NullMarked;
