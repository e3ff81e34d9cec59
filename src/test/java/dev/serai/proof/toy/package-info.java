/** A protocol, an upstream and a policy that exist only in the tests. */
@NullMarked
package dev.serai.proof.toy;

import org.jspecify.annotations.NullMarked;
