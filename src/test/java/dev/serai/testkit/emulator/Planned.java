package dev.serai.testkit.emulator;

import dev.serai.testkit.FakeUpstream.Script;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the next requests at each endpoint get in place of an answer. */
public final class Planned<E extends Enum<E>> {

    private final Map<E, Deque<Script>> next = new HashMap<>();
    private final Map<E, Script> always = new HashMap<>();

    /** Each of the answers once, in this order. */
    public synchronized void next(E endpoint, Script... answers) {
        next.computeIfAbsent(endpoint, e -> new ArrayDeque<>()).addAll(List.of(answers));
    }

    /** The same for every request; {@code null} ends it. */
    public synchronized void always(E endpoint, @Nullable Script answer) {
        if (answer == null) {
            always.remove(endpoint);
        } else {
            always.put(endpoint, answer);
        }
    }

    public synchronized @Nullable Script take(E endpoint) {
        var queue = next.get(endpoint);
        Script first = queue == null ? null : queue.poll();
        return first == null ? always.get(endpoint) : first;
    }
}
