/** Policies, one folder each. */
@NullMarked
package dev.serai.policy;

import org.jspecify.annotations.NullMarked;
