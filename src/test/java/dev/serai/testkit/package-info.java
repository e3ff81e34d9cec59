/** What tests are made with: fakes that are small real servers, a gateway in the test's own process, raw clients. */
@NullMarked
package dev.serai.testkit;

import org.jspecify.annotations.NullMarked;
