/** Secrets: a type that never prints itself, and where their values come from. */
@NullMarked
package dev.serai.secret;

import org.jspecify.annotations.NullMarked;
