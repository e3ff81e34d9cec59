package dev.serai.account;

import java.time.Duration;

/**
 * An access token and its time from now on.
 *
 * @param good how long callers may be given it
 * @param renew until it should be renewed
 */
record Grant(AccessToken token, Duration good, Duration renew) {}
