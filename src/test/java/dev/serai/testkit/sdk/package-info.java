/** The official Java clients of the four protocols behind one small interface, for proofs that are the same for all. */
@NullMarked
package dev.serai.testkit.sdk;

import org.jspecify.annotations.NullMarked;
