package dev.serai.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a request loses on its way to one upstream. */
public final class Losses {

    private static final Set<String> ACTED_ON = Set.of("thinking", "enable_thinking");
    private static final int MOST_FOREIGN = 16;
    private static final int LONGEST_FOREIGN = 64;

    private final boolean refuse;
    private final Set<String> dropped = new LinkedHashSet<>();

    /** @param refuse whether any loss is an error */
    public Losses(boolean refuse) {
        this.refuse = refuse;
    }

    /** Notes that {@code field} is not carried. @throws Refusal where a loss is an error */
    public void drop(String field) {
        if (refuse) {
            throw unsupported(field);
        }
        dropped.add(field);
    }

    /** Notes a loss that shows only when the answer is there, and paid for; whoever answers refuses it where a loss is an error. */
    public void late(String field) {
        dropped.add(field);
    }

    /**
     * Notes members of another protocol's request that nobody has acted on, each by its own name: at most 16, and only names
     * that may stand in a header. Switches of thinking, which every decoder reads, are none of them.
     */
    public void foreign(ObjectNode members) {
        members.properties().stream()
                .map(Map.Entry::getKey)
                .filter(Losses::isPlain)
                .limit(MOST_FOREIGN)
                .forEach(this::drop);
    }

    private static boolean isPlain(String name) {
        return !ACTED_ON.contains(name)
                && name.length() <= LONGEST_FOREIGN
                && name.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '_'));
    }

    /** The field changes what the answer means and cannot be carried. */
    public static Refusal unsupported(String field) {
        return new Refusal(new Failure(
                Kind.UNSUPPORTED_PARAMETER,
                FailureClass.CLIENT,
                "'" + field + "' cannot be served by the selected provider.",
                field,
                null));
    }

    /** Canonical names, in the order of their loss. */
    public List<String> dropped() {
        return List.copyOf(dropped);
    }
}
