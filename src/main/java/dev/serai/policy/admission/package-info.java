/** How many calls are served at once. */
@NullMarked
package dev.serai.policy.admission;

import org.jspecify.annotations.NullMarked;
