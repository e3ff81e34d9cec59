package dev.serai.testkit.emulator;

import dev.serai.testkit.FakeUpstream.Script;

/** A request that an emulator does not take; carries the answer. */
public final class Refused extends RuntimeException {

    private final transient Script answer;

    public Refused(Script answer) {
        super("refused", null, false, false);
        this.answer = answer;
    }

    public Script answer() {
        return answer;
    }
}
