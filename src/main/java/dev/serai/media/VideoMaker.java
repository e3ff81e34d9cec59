package dev.serai.media;

import dev.serai.call.Call;
import dev.serai.message.Usage;
import dev.serai.message.VideoRequest;
import dev.serai.upstream.UpstreamRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has videos made at one kind of upstream, whose wire it knows. Stateless, thread-safe. */
public interface VideoMaker {

    /** The kind, as ROUTES_CONFIG names it. */
    String kind();

    /**
     * A video that the upstream has taken on.
     *
     * @param task what this maker knows it by
     * @param conversation as {@link Commission#conversation}
     * @param dropped members of the request that could not be carried
     * @param told what the upstream says of the video already
     */
    record Begun(
            String task,
            @Nullable String conversation,
            @Nullable Usage usage,
            List<String> dropped,
            Told told) {

        public Begun(String task, @Nullable String conversation, @Nullable Usage usage, List<String> dropped) {
            this(task, conversation, usage, dropped, Told.NOTHING);
        }
    }

    /** What an upstream says of a video. @param size such as {@code 1280x720} */
    record Told(@Nullable String size, @Nullable Integer seconds) {

        static final Told NOTHING = new Told(null, null);
    }

    /**
     * Asks for a video within the call's attempt; never twice. The attempt is committed when this is called; a maker takes
     * that back for as long as it has not asked for the video itself.
     *
     * @throws dev.serai.message.Refusal when it is not taken on; its class says whether another candidate may take it. After
     *     a failure that is no refusal of a committed attempt nobody else is asked
     */
    Begun begin(VideoRequest request, Call call);

    /**
     * Looks how far it is; without a call, within half a minute.
     *
     * @throws IOException when nothing can be said now, whatever the reason
     */
    Look look(Commission commission) throws IOException;

    /**
     * The request that brings a finished video that no link leads to, or null.
     *
     * @param cover its first picture in its place
     * @throws IOException as above
     */
    default @Nullable UpstreamRequest content(Commission commission, boolean cover) throws IOException {
        return null;
    }

    /** The video is not wanted any more. @throws IOException which changes nothing */
    default void forget(Commission commission) throws IOException {}
}
