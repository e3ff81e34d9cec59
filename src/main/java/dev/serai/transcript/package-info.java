/** Responses and what they were made from, kept for a time so that a later request can build on them. */
@NullMarked
package dev.serai.transcript;

import org.jspecify.annotations.NullMarked;
