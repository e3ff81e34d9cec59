package dev.serai.credential;

import dev.serai.message.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which credentials rest. One for the process: it outlives requests and configurations. A dead or spent key rests for all
 * models; a limited one, or one without the right, only for the model that it failed at. Thread-safe.
 *
 * <p>A dead key rests 30 s, from the second time in a row 30 min; a spent one 1 h, doubling to 24 h; a used-up window until
 * its told reset and 5 s, at least 5 min; a missing right 1 h; a rate limit as told, else 1 s doubling to 60 s. After each
 * rest one probe goes first; its success ends the matter.
 */
public final class CredentialBoard {

    private final RestBoard<CredentialId> keys;
    private final RestBoard<CredentialUse> uses;

    public CredentialBoard(LongSupplier nanos, RandomGenerator random) {
        this.keys = new RestBoard<>(nanos, random);
        this.uses = new RestBoard<>(nanos, random);
    }

    /** The right to use a credential once; given back by exactly one of the board's methods. */
    public static final class Lease {
        private final CredentialUse use;
        private final RestBoard.Pass key;
        private final RestBoard.Pass model;

        private Lease(CredentialUse use, RestBoard.Pass key, RestBoard.Pass model) {
            this.use = use;
            this.key = key;
            this.model = model;
        }

        /** Whether this is the one try after a rest. */
        public boolean probing() {
            return key.probing() || model.probing();
        }
    }

    /**
     * One credential that is not simply healthy.
     *
     * @param key the key's name; its secret never appears
     * @param model the only model it rests for, or null for all
     */
    public record Row(
            String kind,
            String baseUrl,
            String key,
            @Nullable String model,
            RestBoard.Rest rest) {}

    /** The right to use the credential now, or null while it rests or is being probed. */
    public @Nullable Lease take(CredentialUse use) {
        var key = keys.admit(use.id());
        if (key == null) {
            return null;
        }
        var model = uses.admit(use);
        if (model == null) {
            keys.released(key);
            return null;
        }
        return new Lease(use, key, model);
    }

    /** The upstream took the credential and answered. */
    public void succeeded(Lease lease) {
        keys.succeeded(lease.use.id(), lease.key);
        uses.succeeded(lease.use, lease.model);
    }

    /** The call failed; only a failure of the credential makes it rest. */
    public void failed(Lease lease, Failure failure) {
        switch (failure.type()) {
            case KEY_DEAD, QUOTA, QUOTA_WINDOW -> {
                keys.failed(lease.use.id(), lease.key, failure);
                uses.released(lease.model);
            }
            case KEY_RIGHTS, RATE -> {
                uses.failed(lease.use, lease.model, failure);
                keys.released(lease.key);
            }
            default -> abandoned(lease);
        }
    }

    /** The call ended without a word on the credential. */
    public void abandoned(Lease lease) {
        keys.released(lease.key);
        uses.released(lease.model);
    }

    /** How long the credential rests still for this model; zero when it may be tried. */
    public Duration left(CredentialUse use) {
        var key = keys.left(use.id());
        var model = uses.left(use);
        return key.compareTo(model) > 0 ? key : model;
    }

    /** Why the credential rests, as callers may be told; {@code ""} where it does not, or there is nothing to tell. */
    public String why(CredentialUse use) {
        var key = why(keys.rest(use.id()));
        return key.isEmpty() ? why(uses.rest(use)) : key;
    }

    private static String why(RestBoard.@Nullable Rest rest) {
        return rest == null || rest.left().isZero() ? "" : rest.why();
    }

    /** Everything on the board, the longest rest first. */
    public List<Row> view() {
        var rows = new ArrayList<Row>();
        keys.forEach((id, rest) -> rows.add(new Row(id.kind(), id.baseUrl(), id.key(), null, rest)));
        uses.forEach((use, rest) ->
                rows.add(new Row(use.id().kind(), use.id().baseUrl(), use.id().key(), use.model(), rest)));
        rows.sort(Comparator.comparing((Row row) -> row.rest().left()).reversed());
        return List.copyOf(rows);
    }
}
