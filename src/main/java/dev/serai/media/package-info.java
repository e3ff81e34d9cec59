/** Pictures and videos: what makers of them promise, jobs that outlive a call, and the steps of their routes. */
@NullMarked
package dev.serai.media;

import org.jspecify.annotations.NullMarked;
