/** What the call asks for, and of which model. */
@NullMarked
package dev.serai.policy.decode;

import org.jspecify.annotations.NullMarked;
