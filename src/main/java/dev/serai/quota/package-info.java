/** The ledger of keys with limits: what a call may use is reserved before it and settled after it, in the database. */
@NullMarked
package dev.serai.quota;

import org.jspecify.annotations.NullMarked;
