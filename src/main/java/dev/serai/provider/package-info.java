/** Providers: what each upstream kind expects and how its answers and failures read. One folder each. */
@NullMarked
package dev.serai.provider;

import org.jspecify.annotations.NullMarked;
