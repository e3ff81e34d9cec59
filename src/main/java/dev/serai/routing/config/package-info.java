/** ROUTES_CONFIG: what an operator writes, read, checked and swapped whole. */
@NullMarked
package dev.serai.routing.config;

import org.jspecify.annotations.NullMarked;
