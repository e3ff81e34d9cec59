package dev.serai.secret;

/** A sealed secret does not open: it was sealed for another place, under another key, or has changed since. */
public final class SealBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SealBroken(Sealer.Place place) {
        super("the " + place.column() + " of " + place.table() + " " + place.id() + " does not open");
    }
}
