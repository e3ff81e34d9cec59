package dev.serai.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets for the database: AES-256-GCM, bound to their place, so that what was moved to another row does not
 * open. The keyset is asked for when the first box is sealed or opened, and not before.
 */
public final class Sealer {

    private static final String LABEL = "serai seal v1";

    private final Supplier<Secret> keyset;
    private volatile @Nullable Aead aead;

    /** {@code keyset} is one of Tink, as JSON or as Base64 of that; it may throw {@link StartRefused}. */
    public Sealer(Supplier<Secret> keyset) {
        this.keyset = keyset;
    }

    /** A new keyset with one key, in one line. */
    public static String newKeyset() {
        try {
            AeadConfig.register();
            KeysetHandle fresh = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            String json = TinkJsonProtoKeysetFormat.serializeKeyset(fresh, InsecureSecretKeyAccess.get());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no AES-256-GCM", e);
        }
    }

    /**
     * The secret as the database may keep it.
     *
     * @throws StartRefused when there is no keyset, or one that cannot be read
     */
    public byte[] seal(Secret secret, Place place) {
        try {
            return aead().encrypt(secret.reveal().getBytes(StandardCharsets.UTF_8), place.bytes());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot be sealed", e);
        }
    }

    /**
     * What was sealed for this very place.
     *
     * @throws SealBroken when it was not, or under a key that is not in the keyset
     * @throws StartRefused when there is no keyset, or one that cannot be read
     */
    public Secret open(byte[] box, Place place) {
        try {
            return new Secret(new String(aead().decrypt(box, place.bytes()), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new SealBroken(place);
        }
    }

    private Aead aead() {
        Aead known = aead;
        if (known == null) {
            known = read(keyset.get().reveal());
            aead = known;
        }
        return known;
    }

    private static Aead read(String keyset) {
        try {
            AeadConfig.register();
            String json = keyset.startsWith("{")
                    ? keyset
                    : new String(Base64.getUrlDecoder().decode(keyset), StandardCharsets.UTF_8);
            return TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get())
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new StartRefused("SEAL_KEYSET cannot be read; `java -jar serai.jar new-seal-keyset` makes one.");
        }
    }

    /** Where in the database a box belongs. */
    public record Place(String table, String id, String column) {

        private byte[] bytes() {
            return String.join("\0", LABEL, table, id, column).getBytes(StandardCharsets.UTF_8);
        }
    }
}
