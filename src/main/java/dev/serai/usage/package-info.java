/** What calls used: an event for each finished call, kept on disk at once and written to the database in batches. */
@NullMarked
package dev.serai.usage;

import org.jspecify.annotations.NullMarked;
