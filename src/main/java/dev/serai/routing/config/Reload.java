package dev.serai.routing.config;

import java.util.List;

/** How an attempt to take a new configuration into use ended. */
public sealed interface Reload {

    /** The new one is in use. */
    record Swapped(RoutesConfig config, String origin, List<Problem> warnings) implements Reload {}

    /** The new one is not valid; the old one stays in use. */
    record Refused(String report, List<Problem> problems) implements Reload {}
}
