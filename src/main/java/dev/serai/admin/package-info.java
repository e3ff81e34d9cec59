/** What the operator can do: the admin API, its audit trail, and the description of everything the gateway serves. */
@NullMarked
package dev.serai.admin;

import org.jspecify.annotations.NullMarked;
