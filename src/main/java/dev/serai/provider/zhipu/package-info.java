/** Zhipu (BigModel, Z.AI) and its dialect of the OpenAI wire format. */
@NullMarked
package dev.serai.provider.zhipu;

import org.jspecify.annotations.NullMarked;
