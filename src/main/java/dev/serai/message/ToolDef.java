package dev.serai.message;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A tool the model may call. */
public sealed interface ToolDef {

    /** @param parameters a JSON schema, or null for a tool without parameters */
    record FunctionTool(
            String name,
            @Nullable String description,
            @Nullable JsonNode parameters,
            @Nullable Boolean strict,
            @Nullable CacheHint cache)
            implements ToolDef {}

    /** A tool that takes free text. @param format a grammar in the OpenAI form, or null for any text */
    record CustomTool(
            String name,
            @Nullable String description,
            @Nullable JsonNode format) implements ToolDef {}

    /** A tool that the provider runs itself. @param raw its definition as {@code protocol} writes it */
    record HostedTool(String protocol, HostedKind kind, JsonNode raw) implements ToolDef {}

    /** What a hosted tool does. */
    enum HostedKind {
        WEB_SEARCH,
        CODE_EXEC,
        FILE_SEARCH,
        OTHER
    }
}
