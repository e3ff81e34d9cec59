/** Who may use the admin API. */
@NullMarked
package dev.serai.policy.admin;

import org.jspecify.annotations.NullMarked;
