/** OpenAI and what is compatible with it. */
@NullMarked
package dev.serai.provider.openai;

import org.jspecify.annotations.NullMarked;
