/** What the key may still use: the last policy before a call is sent on. */
@NullMarked
package dev.serai.policy.quota;

import org.jspecify.annotations.NullMarked;
