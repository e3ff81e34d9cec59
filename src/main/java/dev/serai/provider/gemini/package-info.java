/** Google Gemini. */
@NullMarked
package dev.serai.provider.gemini;

import org.jspecify.annotations.NullMarked;
