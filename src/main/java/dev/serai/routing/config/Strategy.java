package dev.serai.routing.config;

/** How the providers of an entry are ordered for a call. */
public enum Strategy {
    ORDERED,
    ROUND_ROBIN,
    WEIGHTED,
    RANDOM
}
