/** The database: where it is, the gateway's own server where none is given, its connections, its state, and the folder of local data. */
@NullMarked
package dev.serai.database;

import org.jspecify.annotations.NullMarked;
