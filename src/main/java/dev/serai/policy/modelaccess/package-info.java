/** Whether the key may use the model. */
@NullMarked
package dev.serai.policy.modelaccess;

import org.jspecify.annotations.NullMarked;
