/** An emulator of Zhipu's image and video calls. */
@NullMarked
package dev.serai.testkit.zhipu;

import org.jspecify.annotations.NullMarked;
