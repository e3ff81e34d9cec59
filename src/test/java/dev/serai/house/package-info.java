/** The rules of the house, held by the build. */
@NullMarked
package dev.serai.house;

import org.jspecify.annotations.NullMarked;
