/** Whose call it is. */
@NullMarked
package dev.serai.policy.authenticate;

import org.jspecify.annotations.NullMarked;
