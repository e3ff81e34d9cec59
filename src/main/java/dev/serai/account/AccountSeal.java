package dev.serai.account;

import dev.serai.secret.Sealer;
import dev.serai.secret.Secret;

/** Seals the secrets of accounts, each to its own column of its own row. */
record AccountSeal(Sealer sealer) {

    static final String SECRET = "secret";
    static final String GIVEN = "given";
    static final String PREVIOUS = "previous_secret";
    static final String ACCESS = "access_token";

    byte[] seal(String id, String column, Secret secret) {
        return sealer.seal(secret, place(id, column));
    }

    Secret open(String id, String column, byte[] box) {
        return sealer.open(box, place(id, column));
    }

    private static Sealer.Place place(String id, String column) {
        return new Sealer.Place("account", id, column);
    }
}
