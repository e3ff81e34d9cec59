package dev.serai.quota;

import dev.serai.message.Usage;
import java.util.UUID;
import java.util.function.BiConsumer;

/** A call's reservation, from its admission to its end. */
public final class Hold {

    private final Ask ask;
    private final BiConsumer<Ask, Long> owing;
    private final Runnable end;

    Hold(Ask ask, BiConsumer<Ask, Long> owing, Runnable end) {
        this.ask = ask;
        this.owing = owing;
        this.end = end;
    }

    public UUID call() {
        return ask.call();
    }

    /**
     * What the call has used by now. What goes beyond the reservation stands in the way of the key's next calls at once,
     * before it has been settled.
     */
    public void used(Usage usage) {
        owing.accept(ask, usage.totalTokens() - ask.tokens());
    }

    /** The call has ended: its usage is on its way to the ledger, and the reservation is not prolonged any more. */
    public void end() {
        end.run();
    }
}
