package dev.serai.tenant;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Moves keys that were found under the previous pepper to the current one, besides the calls that found them. */
final class PepperChange {

    private static final Logger log = LoggerFactory.getLogger(PepperChange.class);

    private final ApiKeyRepository keys;
    private final String pepperId;
    private final Set<Digest> underWay = ConcurrentHashMap.newKeySet();

    PepperChange(ApiKeyRepository keys, String pepperId) {
        this.keys = keys;
        this.pepperId = pepperId;
    }

    /** Begins to replace a digest; what fails is tried again when the key is next used. */
    void begin(Digest old, Digest current) {
        if (underWay.add(old)) {
            Thread.startVirtualThread(() -> replace(old, current));
        }
    }

    private void replace(Digest old, Digest current) {
        try {
            keys.changePepper(old, current, pepperId);
        } catch (DataAccessException e) {
            log.warn("A key stays under the previous pepper: {}", e.getClass().getSimpleName());
        } finally {
            underWay.remove(old);
        }
    }
}
