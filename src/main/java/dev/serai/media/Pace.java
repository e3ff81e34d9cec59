package dev.serai.media;

import java.time.Duration;

/**
 * How often a job is looked at: slower each time.
 *
 * @param first after it was handed over
 * @param slowest between two looks
 */
record Pace(Duration first, Duration slowest) {}
