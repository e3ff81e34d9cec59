/** The built-in model of demos, dry runs and tests. */
@NullMarked
package dev.serai.provider.simulator;

import org.jspecify.annotations.NullMarked;
