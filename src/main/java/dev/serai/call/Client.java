package dev.serai.call;

import dev.serai.protocol.RequestHead;
import java.util.Map;

/**
 * The caller's side of a call: its request head, its body once, and whether it is still there. Nothing of it ever
 * becomes a message header.
 */
public interface Client extends RequestHead {

    String method();

    /** Where the caller's connection comes from; behind a proxy that is the proxy. */
    String remoteAddress();

    /**
     * Reads the whole request body, counted while it comes.
     *
     * @throws dev.serai.message.Refusal when it is too large, too slow, of a wrong type, or when too many bytes are held
     */
    byte[] readBody();

    /** The same for a path that takes no more than {@code most} bytes. */
    byte[] readBody(long most);

    /** The same for a path that takes forms ({@code multipart/form-data}) as well. */
    byte[] readFormOrBody();

    /** The body is not needed any more: what it held of the memory bound is given back. */
    void releaseBody();

    /**
     * Takes so many bytes of the memory bound for what is made of the body or fetched for the answer.
     *
     * @throws dev.serai.message.Refusal when so many are not free
     */
    void hold(long bytes);

    /** So many of the bytes that were taken are not held any more; what is left goes with the call's end. */
    void letGo(long bytes);

    /** One look at the connection, without blocking: whether the caller has left. */
    boolean gone();

    /** Whether bytes of an answer went out already. */
    boolean committed();

    /** Nanoseconds of the last write to the caller, or of the call's start. */
    long lastWriteNanos();

    /** The answer will be a stream with this head, unless it fails before its first byte; from now on heartbeats may go out. */
    void expectStream(String contentType, Map<String, String> headers);

    /** Ends the connection at once, from any thread: the caller sees that the answer is not whole. */
    void cut();

    /** Sends a sign of life that keeps proxies awake, unless a write is going on; commits the answer if need be. */
    void heartbeat(byte[] sign);
}
