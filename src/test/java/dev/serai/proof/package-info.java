/** Laws of the whole gateway, proved from outside: real HTTP in, scripted upstreams behind. */
@NullMarked
package dev.serai.proof;

import org.jspecify.annotations.NullMarked;
