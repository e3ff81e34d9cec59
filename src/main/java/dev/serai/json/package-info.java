/** JSON as bytes: where members stand, and edits that leave every other byte alone. */
@NullMarked
package dev.serai.json;

import org.jspecify.annotations.NullMarked;
