/** The cases of translation: tables under {@code src/test/resources/translation}, and what runs them through the interfaces. */
@NullMarked
package dev.serai.translation;

import org.jspecify.annotations.NullMarked;
