/** Takes over keys and accounts from the gateways that Serai replaces: one command for each old store, run beside the gateway. */
@NullMarked
package dev.serai.imports;

import org.jspecify.annotations.NullMarked;
