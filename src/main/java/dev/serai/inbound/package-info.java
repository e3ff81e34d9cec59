/** The door: our own platform-http engine on Tomcat, and everything that must be true before a route sees a request. */
@NullMarked
package dev.serai.inbound;

import org.jspecify.annotations.NullMarked;
