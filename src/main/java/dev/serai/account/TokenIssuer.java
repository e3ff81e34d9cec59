package dev.serai.account;

/**
 * How a provider turns the secret of an account into access tokens: all that this room knows of a wire. A provider whose
 * accounts form a pool has one bean of it.
 *
 * <p>{@link #ask} runs on a virtual thread, never twice at once for one account, here or in another replica. It may block,
 * but must give up by itself within 8 s of silence, for callers wait 10 s at most. Where to ask is the issuer's own to
 * know: an account is asked for also while no call is under way.
 */
public interface TokenIssuer {

    /** The kind of provider, as ROUTES_CONFIG names it, such as {@code chatglm-web}. */
    String provider();

    /**
     * One exchange with the provider, without repetitions of its own. What it returns is written down before the access
     * token is first used. An exception counts as {@link IssueFault#UNREACHABLE}.
     */
    TokenAnswer ask(TokenAsk ask);
}
