/** Accounts at providers, as an operator gives them: each with a secret that the database keeps sealed. */
@NullMarked
package dev.serai.account;

import org.jspecify.annotations.NullMarked;
