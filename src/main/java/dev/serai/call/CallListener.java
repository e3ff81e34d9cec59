package dev.serai.call;

/** Is told of the end of every call, exactly once, on the call's thread. Must be quick and must not throw. */
@FunctionalInterface
public interface CallListener {

    void finished(Call call, Outcome outcome);
}
