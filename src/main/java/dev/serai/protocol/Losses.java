package dev.serai.protocol;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a request loses on its way to one upstream. */
public final class Losses {

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
