package dev.serai.testkit.sdk;

/** The official client of one protocol, with its own checks of every answer and without repetitions of its own. */
public interface SdkClient extends AutoCloseable {

    /** Asks, and reads the answer to its end. Throws what the client throws. */
    Told ask(Ask ask, boolean stream);

    @Override
    void close();
}
