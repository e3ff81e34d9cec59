package dev.serai.imports;

import dev.serai.secret.Secret;
import dev.serai.tenant.KeyHistory;
import dev.serai.tenant.KeySettings;
import java.util.List;

/** Reads all of an old gateway's store; one kind each. */
@FunctionalInterface
interface OldStore {

    /**
     * What the store holds.
     *
     * @param source a file, or a database's address
     * @throws BadEntry when a part of it cannot be taken over
     */
    Content read(String source);

    /**
     * @param leftOut entries that are neither keys nor accounts
     */
    record Content(List<OldKey> keys, List<OldAccount> accounts, int leftOut) {}

    /** A key, and where it stands in the store. */
    record OldKey(String place, Secret key, KeySettings settings, KeyHistory history) {}

    /** A refresh token for chatglm.cn, and where it stands in the store. */
    record OldAccount(String place, String id, Secret token) {}
}
