/** An emulator of the private web API of chat.z.ai, with the checks that its server makes. */
@NullMarked
package dev.serai.testkit.zai;

import org.jspecify.annotations.NullMarked;
