package dev.serai.credential;

import dev.serai.message.Failure;
import java.time.Duration;

/**
 * Credentials of one kind of provider that come and go while the configuration stays, such as accounts. They stand where
 * the named keys of other providers stand, for all entries of the kind. Thread-safe; no method blocks.
 */
public interface CredentialPool {

    /** The kind of provider, as ROUTES_CONFIG names it. */
    String kind();

    /**
     * Whether keys that an entry names are in the pool too. If not, an entry that names keys is served by these alone, and the
     * pool serves those that name none.
     */
    default boolean holdsNamedKeys() {
        return true;
    }

    /**
     * Who may be tried now; the same object until that has changed.
     *
     * @param baseUrl where the upstream is
     */
    PoolMembers members(String baseUrl);

    /** How long until one of those that rest may be tried; zero when one may be tried now. */
    Duration soonest(String baseUrl);

    /**
     * Why nobody, or hardly anybody, can be tried, as a part of a sentence for callers, such as {@code there is no account
     * for chatglm-web}; {@code ""} while the pool is well. Never a secret.
     */
    String trouble(String baseUrl);

    /** The upstream took the member and answered. */
    void succeeded(PoolMember member);

    /**
     * An attempt with the member failed.
     *
     * @param rest how long this process leaves it alone for the model that was called; zero when the failure was not the
     *     member's
     */
    void failed(PoolMember member, Failure failure, Duration rest);
}
