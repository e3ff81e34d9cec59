/** What an operator sees of a call: access log, metrics, usage events. */
@NullMarked
package dev.serai.observe;

import org.jspecify.annotations.NullMarked;
