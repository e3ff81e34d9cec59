package dev.serai.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a message or an answer. A closed set: a switch over it names every kind and has no default. */
public sealed interface Part {

    record Text(
            String text,
            List<Citation> citations,
            @Nullable CacheHint cache,
            @Nullable ProviderSignature signature) implements Part {

        public Text {
            citations = List.copyOf(citations);
        }

        public Text(String text) {
            this(text, List.of(), null, null);
        }
    }

    /** @param detail {@code auto}, {@code low}, {@code high} or {@code original}; null where the caller said nothing */
    record Image(
            MediaSource source,
            @Nullable String detail,
            @Nullable CacheHint cache) implements Part {}

    /**
     * @param context a note for the model about the document
     * @param citations whether the model shall cite it
     */
    record Document(
            MediaSource source,
            @Nullable String filename,
            @Nullable String title,
            @Nullable String context,
            @Nullable Boolean citations,
            @Nullable CacheHint cache)
            implements Part {}

    /** @param format such as {@code wav} or {@code mp3} */
    record Audio(
            MediaSource source,
            @Nullable String format,
            @Nullable CacheHint cache) implements Part {}

    /** @param options frame rate and offsets as the issuing protocol writes them */
    record Video(MediaSource source, @Nullable JsonNode options) implements Part {}

    /** @param arguments raw text as the model wrote it: usually a JSON object, possibly invalid or empty */
    record ToolCall(
            String id,
            String name,
            ToolKind kind,
            String arguments,
            @Nullable ProviderSignature signature) implements Part {}

    /** @param name the tool's name, where it is known from the call */
    record ToolResult(
            String callId,
            @Nullable String name,
            List<Part> content,
            boolean isError,
            @Nullable CacheHint cache) implements Part {

        public ToolResult {
            content = List.copyOf(content);
        }
    }

    /** What the model thought, as far as it is shown. Redacted reasoning has no text and lives by its signature. */
    record Reasoning(
            String text, ReasoningForm form, @Nullable ProviderSignature signature) implements Part {}

    /** The model declined in words. */
    record RefusalText(String text) implements Part {}

    /** An item that only the protocol {@code protocol} understands, such as a hosted tool's call. */
    record Opaque(String protocol, JsonNode raw) implements Part {}
}
