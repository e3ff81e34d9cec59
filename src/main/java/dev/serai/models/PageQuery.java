package dev.serai.models;

import dev.serai.message.Refusal;
import dev.serai.protocol.RequestHead;
import org.jspecify.annotations.Nullable;

/** Query parameters that ask for a page. */
final class PageQuery {

    private PageQuery() {}

    /** Null where it is absent or empty. */
    static @Nullable String text(RequestHead head, String name) {
        var values = head.query(name);
        return values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
    }

    /** A size above the most is cut to it. @throws Refusal when it is no positive number */
    static int size(RequestHead head, String name, int usual, int most) {
        String text = text(head, name);
        if (text == null) {
            return usual;
        }
        try {
            long size = Long.parseLong(text);
            if (size > 0) {
                return (int) Math.min(size, most);
            }
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        throw Refusal.invalid(name, name + ": a whole number above 0 is expected");
    }
}
