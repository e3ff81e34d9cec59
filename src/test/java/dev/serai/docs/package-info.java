/** What is written for people is true: the pages are read and compared with what they tell of. */
@NullMarked
package dev.serai.docs;

import org.jspecify.annotations.NullMarked;
