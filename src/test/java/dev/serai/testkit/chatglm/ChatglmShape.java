package dev.serai.testkit.chatglm;

/**
 * In which form an answer is framed; the descriptions of the wire contradict each other.
 *
 * @param cumulative whether an unfinished part carries all its text so far; else only the new piece
 * @param wholeParts whether each frame carries all parts so far; else only the one that changed
 * @param last what parts the final frame repeats
 * @param logicIds whether parts carry a {@code logic_id}
 * @param event the name of the events
 */
public record ChatglmShape(boolean cumulative, boolean wholeParts, Last last, boolean logicIds, String event) {

    /** Parts in the final frame. */
    public enum Last {
        NONE,
        LAST,
        ALL
    }

    /** Profile C: the full text so far. */
    public static final ChatglmShape CUMULATIVE = new ChatglmShape(true, false, Last.NONE, true, "message");

    /** Profile D: pieces, then the full text. */
    public static final ChatglmShape DELTAS = new ChatglmShape(false, false, Last.NONE, true, "message");

    /** As in 2024: all parts in every frame, no logic ids, the other event name. */
    public static final ChatglmShape OLD = new ChatglmShape(true, true, Last.ALL, false, "event");

    public ChatglmShape repeating(Last parts) {
        return new ChatglmShape(cumulative, wholeParts, parts, logicIds, event);
    }
}
