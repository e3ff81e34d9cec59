/** From a resolved call to an answer: the walk over candidates as a Camel load balancer. */
@NullMarked
package dev.serai.dispatch;

import org.jspecify.annotations.NullMarked;
