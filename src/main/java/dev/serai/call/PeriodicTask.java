package dev.serai.call;

/** Something quick that is done a few times a second, on the watch's thread. Must not throw. */
@FunctionalInterface
public interface PeriodicTask {

    void run();
}
