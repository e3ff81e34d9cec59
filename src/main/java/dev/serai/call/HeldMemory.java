package dev.serai.call;

/**
 * Bytes that a call holds besides its request's body, made of the request or fetched for the answer. They count against
 * the bound of all calls together; what is left of them goes with the call's end. For the call's own thread.
 */
public final class HeldMemory {

    private final Client client;
    private long held;

    HeldMemory(Client client) {
        this.client = client;
    }

    /** Lets go, when it is closed, what was held since it was opened. */
    public interface Scope extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Holds so many bytes more.
     *
     * @throws dev.serai.message.Refusal when so many are not free
     */
    public void hold(long bytes) {
        client.hold(bytes);
        held += bytes;
    }

    /** So many of them are not held any more. */
    public void letGo(long bytes) {
        client.letGo(bytes);
        held -= bytes;
    }

    /** None of them is held any more. */
    public void letGoAll() {
        letGo(held);
    }

    /** For what is held only while something is done. */
    public Scope scope() {
        long before = held;
        return () -> letGo(held - before);
    }
}
