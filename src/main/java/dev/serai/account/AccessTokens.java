package dev.serai.account;

import dev.serai.message.Refusal;

/**
 * Access tokens of the accounts of all pools: kept in memory and, sealed, in the database, so that replicas share them;
 * renewed ahead of their end in the background; asked for once, however many callers wait, here and in other replicas.
 *
 * <p>A rotated refresh token is committed before the access token that came with it is handed out; its predecessor is kept
 * sealed for one more attempt.
 */
public interface AccessTokens {

    /**
     * A token that is good for a minute at least. Blocks while one is asked for, 10 s at most.
     *
     * @param account the id of an account: {@code candidate.member().name()} of the attempt under way
     * @throws Refusal whose class moves the call on to the next account: KEY_DEAD, or RATE with a wait
     */
    AccessToken of(String account);

    /**
     * The provider does not take this token although it should be good: it is forgotten everywhere, and the next
     * {@link #of} brings a newer one. Telling it twice, or late, does no harm.
     */
    void refused(AccessToken token);
}
