package dev.serai.message;

import java.util.List;

/**
 * One step of a streamed answer. A closed set: a switch over it names every kind and has no default.
 *
 * <p>{@link Start} comes first and once. {@code index} is the place of a part in the finished message and rises by one
 * at each new part; a part is open until an event with a higher index, {@link Finished} or {@link Failed}; a call is
 * closed by its {@link ToolCallEnd}. After {@link Finished} only {@link UsageReport} may come, after {@link Failed}
 * nothing.
 */
public sealed interface ChatEvent {

    /** @param created seconds since 1970, or 0 when the upstream does not say */
    record Start(String id, String model, long created) implements ChatEvent {}

    record TextDelta(int index, String text) implements ChatEvent {}

    record RefusalDelta(int index, String text) implements ChatEvent {}

    record ReasoningDelta(int index, String text, ReasoningForm form) implements ChatEvent {}

    /** The seal of the part {@code index}; may come after its text, on a call, or on a part without text. */
    record Signature(int index, ProviderSignature signature) implements ChatEvent {}

    record ToolCallStart(int index, String id, String name, ToolKind kind) implements ChatEvent {}

    /** @param fragment raw text that may be cut anywhere, inside an escape too */
    record ToolCallArgsDelta(int index, String fragment) implements ChatEvent {}

    record ToolCallEnd(int index) implements ChatEvent {}

    /** A part that comes whole: media, opaque items. */
    record PartComplete(int index, Part part) implements ChatEvent {}

    record Cited(int index, Citation citation) implements ChatEvent {}

    record Logprobs(int index, List<Logprob> entries) implements ChatEvent {

        public Logprobs {
            entries = List.copyOf(entries);
        }
    }

    /** May repeat; the last one counts. */
    record UsageReport(Usage usage) implements ChatEvent {}

    /** Once; the answer is whole. */
    record Finished(Finish finish) implements ChatEvent {}

    /** The answer broke; ends the stream. */
    record Failed(Failure failure) implements ChatEvent {}

    /** A sign of life. */
    record Ping() implements ChatEvent {}

    /** Whether the caller would see something of the answer: from such an event on there is no failover. */
    default boolean isContent() {
        return switch (this) {
            case TextDelta delta -> !delta.text().isEmpty();
            case RefusalDelta delta -> !delta.text().isEmpty();
            case ReasoningDelta delta -> !delta.text().isEmpty();
            case ToolCallStart it -> true;
            case PartComplete it -> true;
            case Start it -> false;
            case Signature it -> false;
            case ToolCallArgsDelta it -> false;
            case ToolCallEnd it -> false;
            case Cited it -> false;
            case Logprobs it -> false;
            case UsageReport it -> false;
            case Finished it -> false;
            case Failed it -> false;
            case Ping it -> false;
        };
    }
}
