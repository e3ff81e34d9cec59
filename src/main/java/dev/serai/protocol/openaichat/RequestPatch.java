package dev.serai.protocol.openaichat;

import dev.serai.json.JsonObjectSpans;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.ObjectEdit;
import dev.serai.json.Span;
import dev.serai.json.Splice;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Losses;
import dev.serai.protocol.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The edits of one request that passes through; what is not edited stays as it is, byte for byte. */
public final class RequestPatch {

    private final Envelope envelope;
    private final Target target;
    private final Splice splice;
    private final ObjectEdit top;
    private final Members members;
    private final Losses losses;

    RequestPatch(Envelope envelope, Target target) {
        this.envelope = envelope;
        this.target = target;
        this.splice = new Splice(envelope.body());
        this.top = splice.object(envelope.members());
        this.members = Members.of(envelope.body(), envelope.members());
        this.losses = new Losses(target.refuseLosses());
    }

    public byte[] body() {
        return envelope.body();
    }

    public Target target() {
        return target;
    }

    /** Edits of the request's own members. */
    public ObjectEdit top() {
        return top;
    }

    /** Edits of single bytes; never inside of a member that {@link #top()} sets or removes. */
    public Splice splice() {
        return splice;
    }

    /** The request's own members as the caller sent them. */
    public Members members() {
        return members;
    }

    public Losses losses() {
        return losses;
    }

    /**
     * Where a member's value may be edited inside.
     *
     * @return null when it is absent, null, or replaced by a custom parameter
     */
    public @Nullable Span editable(String name) {
        return target.customParams().has(name) ? null : members.present(name);
    }

    /** The caller's messages, each an object; empty when a custom parameter replaces them. */
    public List<Span> messages() {
        Span messages = editable("messages");
        return messages == null ? List.of() : JsonSpans.elements(body(), messages);
    }

    /** The body's own text at a span. */
    public String text(Span span) {
        return new String(body(), span.from(), span.to() - span.from(), StandardCharsets.UTF_8);
    }

    /** The members of an object inside the body. */
    public Members members(Span object) {
        return Members.of(body(), JsonObjectSpans.within(body(), object));
    }

    byte[] apply() {
        return splice.apply();
    }
}
