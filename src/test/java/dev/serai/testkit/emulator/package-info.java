/** What the emulators of provider's web APIs share: how events are cut and paced on the wire, tokens, uploads. */
@NullMarked
package dev.serai.testkit.emulator;

import org.jspecify.annotations.NullMarked;
