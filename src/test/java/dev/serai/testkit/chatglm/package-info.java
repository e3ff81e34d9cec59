/** An emulator of the private web API of chatglm.cn, with the checks that its server makes. */
@NullMarked
package dev.serai.testkit.chatglm;

import org.jspecify.annotations.NullMarked;
