/** Which provider and credential a call goes to, and where it goes next when that fails. */
@NullMarked
package dev.serai.routing;

import org.jspecify.annotations.NullMarked;
