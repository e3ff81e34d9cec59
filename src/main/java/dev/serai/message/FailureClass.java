package dev.serai.message;

/** What a failure means for the next attempt; the class decides on failover, never the bare status. */
public enum FailureClass {
    /** The caller's own mistake: no other candidate can heal it. */
    CLIENT,
    /** Too long a prompt: only a candidate with a larger context can take it. */
    CONTEXT,
    /** Refused for the reasoning of earlier turns that it replays; without it, the same candidate may answer. */
    REASONING,
    /** Refused for its content. */
    CONTENT,
    /** The provider does not know or serve the model. */
    MODEL,
    /** The provider cannot do what the request asks for; another may. */
    UNSUPPORTED,
    /** The credential is dead. */
    KEY_DEAD,
    /** The credential may not do this. */
    KEY_RIGHTS,
    /** The credential's money or package is used up. */
    QUOTA,
    /** The credential's window is used up, until a told reset. */
    QUOTA_WINDOW,
    /** Too many requests on this credential. */
    RATE,
    /** The provider's capacity is used up. */
    OVERLOAD,
    /** The provider failed. */
    UPSTREAM,
    /** No connection, or it broke before the response head. */
    NETWORK,
    /** No first content in time. */
    TIMEOUT_FIRST_BYTE,
    /** A stream that broke. */
    STREAM_BROKEN,
    /** A finish without text, reasoning or calls. */
    EMPTY,
    /** The gateway itself cannot serve. */
    GATEWAY,
    /** The caller left. */
    CLIENT_GONE
}
