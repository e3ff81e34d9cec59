/** Conversations that a provider holds for a caller, by whom, and at which account: known to every replica. */
@NullMarked
package dev.serai.conversation;

import org.jspecify.annotations.NullMarked;
